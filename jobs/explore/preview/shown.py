"""The measurements that a preview shows of a document."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from decantry.jobs.explore.preview.change import measurements_of
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from pyspark.sql import Column

    from decantry.jobs.explore.preview.change import Change
    from decantry.jobs.recipe.model import Recipe


def shown_of(recipe: Recipe, changes: Sequence[Change], signals: str) -> Column:
    """The measurements of changed rules, by `step.measurement`, from a map of measurements."""
    names = measurements_of(recipe, changes)
    return F.map_filter(signals, lambda name, _: name.isin(names))
