"""What a run is about to publish, in the form that checks need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.checks.alarm import NOTHING, Watched

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.checks.parts import Part
    from decantry.jobs.recipe.model import Recipe


@dataclass(frozen=True)
class Judgement:
    """What a run is about to publish: figures of crawls, the staged outcomes they were counted from, and alarms."""

    recipe: Recipe
    recipe_hash: str
    parts: tuple[Part, ...]
    outcomes: DataFrame
    watched: Watched = NOTHING
