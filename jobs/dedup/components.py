"""Connected components: in one task for a small edge set, in Spark for a large one, with equal results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.dedup import contraction
from decantry.jobs.dedup.union_find import components_of_batches
from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame

ONE_TASK_EDGES = 2_000_000
"""The most edges whose components one task finds. It needs some 600 MB of memory in Python."""


def components(edges: DataFrame, stage: Callable[[str, DataFrame], DataFrame]) -> DataFrame:
    """`id, cluster_id` for staged edges `src, dst`: every id in an edge, and the smallest id of its component.

    The number of edges alone decides which algorithm is used. Raises InfrastructureError if the result is wrong.
    """
    if edges.count() <= ONE_TASK_EDGES:
        found = edges.repartition(1).mapInArrow(components_of_batches, "id string, cluster_id string")
    else:
        found = contraction.components(edges, stage)
    staged = stage("components", found)
    require_components(edges, staged)
    return staged


def require_components(edges: DataFrame, found: DataFrame) -> None:
    """Raise InfrastructureError unless `found` is correct: each id has one row, its `cluster_id` is a member of its
    component and not larger than it, and both ends of every edge are in one component.
    """
    counted = found.agg(
        F.count("*").alias("rows"),
        F.countDistinct("id").alias("ids"),
        F.count_if(F.col("cluster_id") > F.col("id")).alias("larger"),
        F.countDistinct("cluster_id").alias("clusters"),
        F.count_if(F.col("cluster_id") == F.col("id")).alias("roots"),
    )
    ends = found.select(F.col("id").alias("src"), F.col("cluster_id").alias("_a"))
    others = found.select(F.col("id").alias("dst"), F.col("cluster_id").alias("_b"))
    joined = edges.join(ends, "src", "left").join(others, "dst", "left")
    torn = joined.agg(F.count_if(F.expr("NOT (_a <=> _b) OR _a IS NULL")).alias("torn"))
    named = counted.crossJoin(torn).first()
    assert named is not None
    if named["torn"] or named["rows"] != named["ids"] or named["larger"] or named["clusters"] != named["roots"]:
        raise InfrastructureError(
            f"connected components are wrong, so nothing was published: {named.asDict()} (torn: edges between two)"
        )
