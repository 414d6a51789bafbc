"""What a run is about to publish, in the form that checks need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.checks.parts import Part
    from decantry.jobs.recipe.model import Recipe


@dataclass(frozen=True)
class Judgement:
    """What a run is about to publish: figures for each crawl, and the staged outcomes from which they were counted."""

    recipe: Recipe
    recipe_hash: str
    parts: tuple[Part, ...]
    outcomes: DataFrame
