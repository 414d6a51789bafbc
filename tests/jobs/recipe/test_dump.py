"""A recipe that the lake keeps is the recipe that was published."""

from __future__ import annotations

import pytest

from decantry.jobs.recipe.dump import dump
from decantry.jobs.recipe.load import load, parse, shipped


@pytest.mark.parametrize("name", shipped())
def test_a_written_recipe_reads_back_as_the_same_recipe(name: str) -> None:
    recipe = load(name)
    assert parse(dump(recipe), "kept.yaml") == recipe
