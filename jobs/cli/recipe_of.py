"""Finds the recipe that a command names: a shipped one, a file, or one that the lake has published."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from decantry.jobs.lake.address import canonical, is_catalog
from decantry.jobs.lake.commits.corpora import recorded_without_spark
from decantry.jobs.lake.live import live
from decantry.jobs.process.errors import DecantryError
from decantry.jobs.recipe.load import UnknownRecipe, load, parse
from decantry.jobs.recipe.model import RECIPE_NAME

if TYPE_CHECKING:
    from decantry.jobs.recipe.model import Recipe


def recipe_of(name_or_path: str, lake: str) -> Recipe:
    """The recipe with this name or YAML file, else the recipe with this name that the lake published last.

    Raises UserError if there is none, or if it is not valid.
    """
    try:
        return load(name_or_path)
    except UnknownRecipe:
        if not re.fullmatch(RECIPE_NAME, name_or_path):
            raise
        try:
            definition = _published(name_or_path, lake)
        except DecantryError:  # such as a missing lake, which the command itself reports
            definition = None
        if definition is None:
            raise
    return parse(definition, f"{name_or_path} in {lake}")


def _published(recipe: str, lake: str) -> str | None:
    """The YAML of the recipe's newest publication. None if there is none, or if reading it needs Spark."""
    if is_catalog(canonical(lake)):
        return None
    published = live(recorded_without_spark(lake), recipe)
    newest = max(published, key=lambda each: each.corpus_version, default=None)
    return None if newest is None else newest.definition
