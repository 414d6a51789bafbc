"""Wrongs in `jobs/steps` and in how a step is applied: what a rule removes, and what is told of it."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

THRESHOLDS = "tests/jobs/recipe/test_load.py::test_the_thresholds_of_fineweb_are_those_of_its_sources"

STEPS = (
    Mutant(
        "removed-at-the-threshold",
        "a rule that removes what is below its threshold removes what is at it",
        "jobs/steps/rule.py",
        '"<": operator.lt',
        '"<": operator.le',
        "tests/jobs/steps/test_rule.py::test_what_each_comparison_removes_where_the_threshold_is_two",
    ),
    Mutant(
        "kept-at-the-threshold",
        "a rule that removes what is not above its threshold keeps what is at it",
        "jobs/steps/rule.py",
        '">=": operator.ge',
        '">=": operator.gt',
        "tests/jobs/steps/test_rule.py::test_what_each_comparison_removes_where_the_threshold_is_two",
    ),
    Mutant(
        "one-threshold-for-all",
        "a language's own threshold is not looked at",
        "jobs/steps/rule.py",
        "return F.when(limits.isNull(), own).otherwise(limits[self.limit])",
        "return own",
        "tests/jobs/steps/test_rule.py::test_a_documents_language_has_its_own_threshold_or_none_or_the_rules",
    ),
    Mutant(
        "language-floor",
        "a document whose language is as sure as the floor stays",
        "jobs/steps/language.py",
        'Rule("low_score", "language_score", "<=", self.above)',
        'Rule("low_score", "language_score", "<", self.above)',
        THRESHOLDS,
    ),
    Mutant(
        "papers-threshold",
        "the share of repeated characters is the paper's and not the code's",
        "jobs/steps/fineweb_quality.py",
        "max_char_dup_ratio: NonNegativeFloat = 0.01",
        "max_char_dup_ratio: NonNegativeFloat = 0.1",
        THRESHOLDS,
    ),
    Mutant(
        "short-documents",
        "documents of five words are long enough",
        "jobs/steps/gopher_quality.py",
        "min_words: NonNegativeInt = 50",
        "min_words: NonNegativeInt = 5",
        THRESHOLDS,
    ),
    Mutant(
        "one-soft-word",
        "one soft word in an address condemns it",
        "jobs/steps/url_filter.py",
        "soft_words: PositiveInt = 2",
        "soft_words: PositiveInt = 1",
        THRESHOLDS,
    ),
    Mutant(
        "edit-undone",
        "the lines that C4 drops stay",
        "jobs/steps/c4.py",
        'return None if measured is None else measured["text"]',
        "return None",
        "tests/jobs/curate/test_fates.py::"
        "test_the_first_rule_that_is_broken_removes_and_only_those_that_are_left_are_edited",
    ),
    Mutant(
        "named-by-its-kind",
        "a verdict names the kind of the step and not the step",
        "jobs/curate/judge.py",
        'F.concat(F.lit(f"{step}."), F.col("_broken"))',
        'F.concat(F.lit(f"{step.kind}."), F.col("_broken"))',
        "tests/jobs/curate/test_fates.py::"
        "test_the_first_rule_that_is_broken_removes_and_only_those_that_are_left_are_edited",
    ),
    Mutant(
        "removed-again",
        "the last step that removes a document is told, and not the first",
        "jobs/curate/judge.py",
        'F.coalesce(F.col("removed_by"), F.concat(F.lit(f"{step}."), F.col("_broken")))',
        'F.coalesce(F.concat(F.lit(f"{step}."), broken), F.col("removed_by"))',
        "tests/jobs/curate/test_fates.py::test_all_measurements_are_taken_where_they_are_asked_for",
    ),
    Mutant(
        "unknown-is-yes",
        "a predicate that cannot be answered keeps the document",
        "jobs/steps/where.py",
        'F.expr(self.keep).cast("boolean"), F.lit(False)',
        'F.expr(self.keep).cast("boolean"), F.lit(True)',
        "tests/jobs/curate/test_fates.py::test_a_predicate_without_an_answer_removes",
    ),
    Mutant(
        "another-sample-of-the-same-version",
        "a sample has other documents, and its version does not say so",
        "jobs/steps/sample.py",
        'F.xxhash64(F.lit(self.seed), "id")',
        'F.xxhash64("id", F.lit(self.seed))',
        "tests/golden/test_golden.py::test_a_kind_of_step_gives_what_its_version_gave",
    ),
    Mutant(
        "one-more-than-the-share",
        "a document before which the share is reached is kept",
        "jobs/quantiles/top.py",
        'F.col("before") < reached',
        'F.col("before") <= reached',
        "tests/jobs/quantiles/test_quantiles.py::test_the_top_is_the_oracles",
    ),
    Mutant(
        "buckets-without-their-own-weight",
        "a value's bucket is that of the weight below it",
        "jobs/quantiles/buckets.py",
        "CAST(before + weight AS",
        "CAST(before AS",
        "tests/jobs/quantiles/test_quantiles.py::test_buckets_are_the_oracles",
    ),
    Mutant(
        "ranges-that-begin-anew",
        "the running sum of a range forgets the ranges before it",
        "jobs/quantiles/running.py",
        'F.col("_start") + within',
        "within",
        "tests/jobs/quantiles/test_quantiles.py::test_the_top_is_the_oracles",
    ),
    Mutant(
        "equal-bits-agree",
        "models that need the same bits for a text agree with the benchmark",
        "jobs/models/strength.py",
        "bits[better] < bits[worse]",
        "bits[better] <= bits[worse]",
        "tests/jobs/models/test_strength.py::test_counts_and_choices_are_the_oracles",
    ),
)
