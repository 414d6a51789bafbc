"""What a recipe's hash depends on, and what it does not."""

from __future__ import annotations

import pytest

from decantry.jobs.recipe import hash as hashing
from decantry.jobs.recipe.hash import recipe_hash, setting
from decantry.jobs.recipe.load import parse
from decantry.jobs.recipe.model import Recipe
from decantry.jobs.steps.url_filter import UrlFilter


@pytest.fixture(autouse=True)
def one_list_and_one_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(UrlFilter, "resources", lambda step: {"ut1-adult": "1" * 64})
    monkeypatch.setattr(hashing, "code_digest", lambda: "code")


def recipe(more: str = "") -> Recipe:
    steps = "steps:\n  - url_filter: {}\n  - gopher_quality: {}\n  - near_duplicates: {}\n"
    return parse(f"recipe: some\n{steps}{more}", "some.yaml")


def test_another_list_is_another_recipe_and_another_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    before = recipe_hash(recipe()), setting(recipe(), 2)
    monkeypatch.setattr(UrlFilter, "resources", lambda step: {"ut1-adult": "2" * 64})
    assert recipe_hash(recipe()) != before[0]
    assert setting(recipe(), 2) != before[1]


def test_other_code_is_another_recipe_and_another_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    before = recipe_hash(recipe()), setting(recipe(), 2)
    monkeypatch.setattr(hashing, "code_digest", lambda: "other code")
    assert recipe_hash(recipe()) != before[0]
    assert setting(recipe(), 2) != before[1]


def test_another_extractor_is_another_recipe_and_another_check_or_title_is_not() -> None:
    plain = recipe_hash(recipe())
    assert recipe_hash(recipe("text: {extractor: trafilatura}\n")) != plain
    assert recipe_hash(recipe("title: Another\nchecks:\n  - kept: {between: [1, null]}\n")) == plain


def test_every_threshold_is_in_the_hash() -> None:
    quality = recipe().steps[1]
    changed = [quality.model_copy(update={name: 7}) for name in type(quality).model_fields if name != "name"]
    hashes = {recipe_hash(recipe().model_copy(update={"steps": (step,)})) for step in [quality, *changed]}
    assert len(hashes) == 11
