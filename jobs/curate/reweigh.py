"""Rehydration weights from the recipe's own removals, by cluster size, within the scope that was deduplicated."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.curate.frames import staged
from decantry.jobs.dedup.rehydration import TAIL, SizeCount, distribution, weights
from decantry.jobs.steps.deduplicate import Deduplicate

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.steps.rehydrate import Rehydrate

WEIGHTS = "array<struct<size:bigint,copies:int>>"


def with_scope(frame: DataFrame, recipe: Recipe, place: int) -> DataFrame:
    """What is staged before weights are computed: fates, and the scope of the last step that found clusters."""
    step = [s for s in recipe.steps[:place] if isinstance(s, Deduplicate) and s.clusters][-1]
    return staged(frame.withColumn("scope", step.scope_column()), recipe, "scope")


def with_weights(fates: DataFrame, step: Rehydrate) -> Callable[[DataFrame], DataFrame]:
    """Adds `_weights`, pairs of cluster size and copies, computed from the staged `fates` since the deduplication.

    Only counts by scope and cluster size come to the driver, all sizes from TAIL on as one.
    """
    size = F.least(F.coalesce("cluster_size", F.lit(1)), F.lit(TAIL)).alias("size")
    removed = F.count_if(F.col("removed_by").isNotNull()).alias("removed")
    counts: dict[str, list[SizeCount]] = defaultdict(list)
    for row in fates.groupBy("scope", size).agg(F.count("*").alias("documents"), removed).collect():
        counts[row["scope"]].append(SizeCount(row["size"], row["documents"], row["removed"]))
    rows = [
        (scope, sorted(weights(distribution(mine), step.max_repetitions or 1).items()))
        for scope, mine in sorted(counts.items())
    ]

    def transform(frame: DataFrame) -> DataFrame:
        table = frame.sparkSession.createDataFrame(rows, f"scope string, _weights {WEIGHTS}")
        return frame.join(F.broadcast(table), "scope", "left").drop("scope")

    return transform
