"""The parts of a recipe's hash."""

from __future__ import annotations

import pytest

from decantry.jobs.recipe import hash as hashing
from decantry.jobs.recipe.hash import recipe_hash, setting
from decantry.jobs.recipe.load import load, parse
from decantry.jobs.recipe.model import KINDS, Recipe
from decantry.jobs.steps.c4 import C4
from decantry.jobs.steps.gopher_quality import GopherQuality
from decantry.jobs.steps.near_duplicates import NearDuplicates
from decantry.jobs.steps.url_filter import UrlFilter
from decantry.udfs.page.html import EXTRACTORS


@pytest.fixture(autouse=True)
def one_list(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UrlFilter, "resources", lambda step: {"ut1-adult": "1" * 64})


def recipe(more: str = "") -> Recipe:
    steps = "steps:\n  - url_filter: {}\n  - gopher_quality: {}\n  - near_duplicates: {}\n"
    return parse(f"recipe: some\n{steps}{more}", "some.yaml")


def test_another_list_is_another_recipe_and_another_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    before = recipe_hash(recipe()), setting(recipe(), 2)
    monkeypatch.setattr(UrlFilter, "resources", lambda step: {"ut1-adult": "2" * 64})
    assert recipe_hash(recipe()) != before[0]
    assert setting(recipe(), 2) != before[1]


@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_every_kind_has_its_own_version(kind: type) -> None:
    assert vars(kind)["VERSION"] >= 1


def test_a_new_version_of_a_kind_changes_only_hashes_of_recipes_that_use_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    names = ("c4", "dedup", "fineweb", "fineweb-trafilatura", "gopher")
    before = {name: recipe_hash(load(name)) for name in names}
    monkeypatch.setattr(C4, "VERSION", C4.VERSION + 1)
    assert [name for name in names if recipe_hash(load(name)) != before[name]] == [
        "c4",
        "fineweb",
        "fineweb-trafilatura",
    ]


@pytest.mark.parametrize(("kind", "changes"), [(GopherQuality, True), (NearDuplicates, True), (C4, False)])
def test_the_versions_of_a_deduplicate_step_and_of_those_before_it_are_in_its_setting(
    monkeypatch: pytest.MonkeyPatch, kind: type, changes: bool
) -> None:
    long = parse("recipe: some\nsteps: [gopher_quality, near_duplicates, c4]\n", "some.yaml")
    before = setting(long, 1)
    monkeypatch.setattr(kind, "VERSION", 7)
    assert (setting(long, 1) != before) is changes


def test_a_new_judge_version_changes_the_hash_of_every_recipe(monkeypatch: pytest.MonkeyPatch) -> None:
    before = {name: recipe_hash(load(name)) for name in ("c4", "dedup", "gopher")}
    monkeypatch.setattr(hashing, "JUDGE_VERSION", hashing.JUDGE_VERSION + 1)
    assert all(recipe_hash(load(name)) != old for name, old in before.items())


def test_another_extractor_is_another_recipe_and_another_check_or_title_is_not() -> None:
    plain = recipe_hash(recipe())
    assert recipe_hash(recipe("text: {extractor: trafilatura}\n")) != plain
    assert recipe_hash(recipe("title: Another\nchecks:\n  - kept: {between: [1, null]}\n")) == plain


def test_a_new_version_of_an_extractor_changes_only_hashes_of_recipes_that_read_its_texts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = recipe("text: {extractor: trafilatura}\n")
    before = [recipe_hash(recipe()), setting(recipe(), 2)], [recipe_hash(other), setting(other, 2)]
    monkeypatch.setitem(EXTRACTORS, "trafilatura", 2)
    assert [recipe_hash(recipe()), setting(recipe(), 2)] == before[0]
    assert recipe_hash(other) != before[1][0]
    assert setting(other, 2) != before[1][1]


def test_every_threshold_is_in_the_hash() -> None:
    quality = recipe().steps[1]
    changed = [
        quality.model_copy(update={name: ("der", "die") if name == "stop_words" else 7})
        for name in type(quality).model_fields
        if name not in ("name", "by_language")
    ]
    hashes = {recipe_hash(recipe().model_copy(update={"steps": (step,)})) for step in [quality, *changed]}
    assert len(hashes) == 12
