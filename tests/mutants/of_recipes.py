"""Wrongs in `jobs/recipe`, `jobs/steps` and their recipes: what is asked for, what a rule removes, what is hashed."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

BROKEN = "tests/jobs/recipe/test_load.py::test_what_is_wrong_is_told_in_one_line"
THRESHOLDS = "tests/jobs/recipe/test_load.py::test_the_thresholds_of_fineweb_are_those_of_its_sources"
HOSTILE = "tests/faults/test_hostile_recipe.py"

RECIPES = (
    Mutant(
        "removed-at-the-threshold",
        "a rule that removes what is below its threshold removes what is at it",
        "jobs/steps/rule.py",
        "broken = value < self.threshold",
        "broken = value <= self.threshold",
        "tests/jobs/steps/test_rule.py::test_what_each_comparison_removes_where_the_threshold_is_two",
    ),
    Mutant(
        "kept-at-the-threshold",
        "a rule that removes what is not above its threshold keeps what is at it",
        "jobs/steps/rule.py",
        "broken = value >= self.threshold",
        "broken = value > self.threshold",
        "tests/jobs/steps/test_rule.py::test_what_each_comparison_removes_where_the_threshold_is_two",
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
        "recipe-of-another-language",
        "the recipe that ships keeps French pages, too",
        "jobs/recipes/fineweb.yaml",
        "keep: [en]",
        "keep: [en, fr]",
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
        "threshold-not-in-the-hash",
        "two recipes of different thresholds have one hash",
        "jobs/steps/step.py",
        'exclude={"name"}',
        'exclude={"name", "min_words"}',
        "tests/jobs/recipe/test_hash.py::test_every_threshold_is_in_the_hash",
    ),
    Mutant(
        "lists-not-in-the-hash",
        "another list of domains is the same recipe",
        "jobs/recipe/hash.py",
        '{name: sha for step in recipe.steps for name, sha in sorted(step.resources().items())}',
        "{}",
        "tests/jobs/recipe/test_hash.py::test_another_list_is_another_recipe_and_another_setting",
    ),
    Mutant(
        "steps-before-not-in-the-setting",
        "fingerprints of texts that other steps edited are taken for one's own",
        "jobs/recipe/hash.py",
        '"before": [describe(earlier) for earlier in before],',
        '"before": [],',
        "tests/jobs/recipe/test_dedup_steps.py::"
        "test_a_setting_covers_keys_and_the_steps_before_but_not_what_looks_at_texts",
    ),
    Mutant(
        "bounds-upside-down",
        "a check whose bounds nothing can meet is taken",
        "jobs/recipe/model.py",
        "if low is not None and high is not None and low > high:",
        "if low is not None and high is not None and low > high + 1:",
        BROKEN,
    ),
    Mutant(
        "the-second-key-wins",
        "of two options of one name the first is lost without a word",
        "jobs/recipe/load.py",
        "            if name in seen:",
        "            if name in seen and len(seen) > 9:",
        BROKEN,
    ),
    Mutant(
        "text-as-number",
        "a threshold that is text is taken for a number",
        "jobs/recipe/load.py",
        "return KINDS[kind].model_validate_json(_json(options), strict=True)",
        "return KINDS[kind].model_validate_json(_json(options))",
        BROKEN,
    ),
    Mutant(
        "predicates-that-reach-out",
        "a recipe's predicate may read other tables",
        "jobs/steps/where.py",
        "|select|with|values|over)",
        "|with|values|over)",
        f"{HOSTILE}::test_a_predicate_that_reaches_out_or_wavers_is_refused",
    ),
    Mutant(
        "predicates-that-waver",
        "a recipe's predicate may throw dice",
        "jobs/steps/where.py",
        r"\b(rand|randn|random|",
        r"\b(randn|random|",
        f"{HOSTILE}::test_a_predicate_that_reaches_out_or_wavers_is_refused",
    ),
)
