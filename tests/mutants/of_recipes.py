"""Mutants of `jobs/recipe` and the shipped recipes: validation, refusals, hashes."""

from __future__ import annotations

from tests.mutants.mutant import Mutant

BROKEN = "tests/jobs/recipe/test_load.py::test_an_invalid_recipe_is_an_error_in_one_line"
THRESHOLDS = "tests/jobs/recipe/test_load.py::test_the_thresholds_of_fineweb_are_those_of_its_sources"
HOSTILE = "tests/faults/test_hostile_recipe.py"

RECIPES = (
    Mutant(
        "recipe-of-another-language",
        "the recipe that ships keeps French pages, too",
        "jobs/recipes/fineweb.yaml",
        "keep: [en]",
        "keep: [en, fr]",
        THRESHOLDS,
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
        "= sha256\n    return found",
        "= sha256\n    return {}",
        "tests/jobs/recipe/test_hash.py::test_another_list_is_another_recipe_and_another_setting",
    ),
    Mutant(
        "version-not-in-the-hash",
        "a kind of step gives another output, its version says so, and what is published stays",
        "jobs/recipe/hash.py",
        '"kind": step.kind, "version": step.VERSION, "options": step.options()}',
        '"kind": step.kind, "options": step.options()}',
        "tests/jobs/recipe/test_hash.py::test_a_new_version_of_a_kind_changes_only_hashes_of_recipes_that_use_it",
    ),
    Mutant(
        "steps-before-not-in-the-setting",
        "fingerprints of texts that other steps edited are taken for one's own",
        "jobs/recipe/hash.py",
        '"before": [describe(earlier) for earlier in before],',
        '"before": [],',
        "tests/jobs/recipe/test_dedup_steps.py::test_a_setting_covers_keys_and_earlier_steps_but_not_verification",
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
        "return kind.model_validate_json(_json(options), strict=True)",
        "return kind.model_validate_json(_json(options))",
        BROKEN,
    ),
    Mutant(
        "predicates-that-reach-out",
        "a recipe's predicate may read other tables",
        "jobs/lake/statement.py",
        "if not isinstance(node, allowed) or",
        "if",
        f"{HOSTILE}::test_a_predicate_that_reads_other_data_or_is_not_deterministic_is_refused",
    ),
    Mutant(
        "predicates-that-waver",
        "a recipe's predicate may throw dice",
        "jobs/lake/statement.py",
        "rand|randn|random|",
        "randn|random|",
        f"{HOSTILE}::test_a_predicate_that_reads_other_data_or_is_not_deterministic_is_refused",
    ),
)
