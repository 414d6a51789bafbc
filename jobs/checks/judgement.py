"""What a run is about to publish, as checks look at it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.checks.parts import Part
    from decantry.jobs.recipe.model import Recipe


@dataclass(frozen=True)
class Judgement:
    """What a run is about to publish: the parts by crawl, and the staged outcomes they were counted from."""

    recipe: Recipe
    recipe_hash: str
    parts: tuple[Part, ...]
    outcomes: DataFrame
