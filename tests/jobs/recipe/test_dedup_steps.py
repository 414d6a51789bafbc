"""The options of the deduplicate steps: which are valid, and which change a fingerprint."""

from __future__ import annotations

import pytest

from decantry.jobs.curate.incremental import compares_crawls, is_incremental
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.deduplicating import deduplicating
from decantry.jobs.recipe.hash import recipe_hash, setting
from decantry.jobs.recipe.load import load, parse
from decantry.jobs.recipe.model import Recipe


def recipe(*steps: str) -> Recipe:
    return parse("recipe: some\nsteps:\n" + "".join(f"  - {step}\n" for step in steps), "some.yaml")


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("near_duplicates: {scope: domain}", "`scope` is 'domain': Input should be 'crawl', 'language' or 'all'"),
        ("near_duplicates: {verify: 1.5}", "`verify` is 1.5"),
        ("near_duplicates: {keep: [crawl; drop]}", "`keep.0` is 'crawl; drop'"),
        ("near_duplicates: {shingles: byte}", "`shingles` is 'byte'"),
        ("exact_duplicates: {by: digest}", "`by` is 'digest'"),
        ("duplicate_paragraphs: {max_cut: 2}", "`max_cut` is 2"),
        ("host_boilerplate: {share: 0}", "`share` is 0"),
        ("host_boilerplate: {min_pages: 1}", "`min_pages` is 1"),
        ("rehydrate: {}", "give either `weights`, or `max_repetitions`"),
        ("rehydrate: {weights: {1: 1}, max_repetitions: 3}", "give either `weights`, or `max_repetitions`"),
        ("rehydrate: {weights: {0: 1}}", "`weights.0"),
        ("rehydrate: {weights: {1: 2}}", "rehydrate needs a step before it that finds clusters"),
    ],
)
def test_invalid_options_are_an_error_in_one_line(step: str, expected: str) -> None:
    with pytest.raises(UserError) as caught:
        recipe(step)
    assert expected in str(caught.value)
    assert "\n" not in str(caught.value)


def test_weights_are_read_with_sizes_as_numbers() -> None:
    step = recipe("exact_duplicates: {}", "rehydrate: {weights: {1: 1, 2: 3}}").steps[1]
    assert (step.weights, step.computed) == ({1: 1, 2: 3}, False)


def test_a_setting_covers_keys_and_earlier_steps_but_not_verification() -> None:
    plain = setting(recipe("c4: {}", "near_duplicates: {}"), 1)
    assert setting(recipe("c4: {}", "near_duplicates: {verify: 0.8}", "count_tokens: {}"), 1) == plain
    others = [
        setting(recipe("c4: {}", f"near_duplicates: {{{option}}}"), 1)
        for option in ("ngram: 4", "bands: 10", "seed: 2", "hash: xxh64", "scope: all", "keep: [id]")
    ]
    others.append(setting(recipe("c4: {min_sentences: 3}", "near_duplicates: {}"), 1))
    assert len({plain, *others}) == 8


def test_which_recipes_compare_crawls_and_which_are_incremental() -> None:
    assert not compares_crawls(load("fineweb"))
    assert compares_crawls(recipe("near_duplicates: {scope: language}"))
    assert is_incremental(recipe("near_duplicates: {scope: all}", "rehydrate: {weights: {1: 1}}"))
    assert not is_incremental(recipe("near_duplicates: {scope: all}", "rehydrate: {max_repetitions: 3}"))
    near, cut = "near_duplicates: {scope: all}", "duplicate_paragraphs: {scope: all}"
    assert is_incremental(recipe(near, cut))
    assert not is_incremental(recipe(cut, near))
    sized = "near_duplicates: {scope: all, keep: [cluster_size desc]}"
    assert not is_incremental(recipe("exact_duplicates: {scope: all}", sized))
    where = "where: {name: small, keep: 'CLUSTER_SIZE < 3'}"
    assert not is_incremental(recipe("exact_duplicates: {scope: all}", near, where))


def test_the_options_of_the_command_change_the_step() -> None:
    assert deduplicating(load("dedup"), {}) == load("dedup")
    assert deduplicating(load("dedup"), {"bands": 10}).steps[0].bands == 10
    changed = deduplicating(load("dedup"), {"scope": "crawl", "verify": 0.8, "keep": ["longest_text"]})
    step = changed.steps[0]
    assert (step.scope, step.verify, step.keep, step.bands) == ("crawl", 0.8, ("longest_text",), 14)
    assert recipe_hash(changed) != recipe_hash(load("dedup"))
    with pytest.raises(UserError, match="--bands is 0"):
        deduplicating(load("dedup"), {"bands": 0})
    with pytest.raises(UserError, match="fineweb does more than deduplicate"):
        deduplicating(load("fineweb"), {})
    with pytest.raises(UserError, match="no step near_duplicates"):
        deduplicating(recipe("exact_duplicates: {}"), {"bands": 3})
