"""Connected components: one task for a small edge set, Spark for a large one, and the same answer by either."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.dedup import contraction
from decantry.jobs.dedup.union_find import components_of_batches
from decantry.jobs.process.errors import InfrastructureError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame

ONE_TASK_EDGES = 2_000_000
"""Up to this many edges one task finds the components (some 600 MB of Python); beyond it Spark does."""


def components(
    edges: DataFrame, stage: Callable[[str, DataFrame], DataFrame], one_task_edges: int = ONE_TASK_EDGES
) -> DataFrame:
    """`id, cluster_id` for staged edges `src, dst`: the smallest id of its component for every id that an edge names.

    The way is chosen by the number of edges alone. Raises InfrastructureError where the answer is not one.
    """
    if edges.count() <= one_task_edges:
        found = edges.repartition(1).mapInArrow(components_of_batches, "id string, cluster_id string")
    else:
        found = contraction.components(edges, stage)
    staged = stage("components", found)
    require_components(edges, staged)
    return staged


def require_components(edges: DataFrame, found: DataFrame) -> None:
    """Raise InfrastructureError unless `found` is what it says: each id once, named by a member that is not larger,
    and both ends of every edge in one component.
    """
    from pyspark.sql import functions as F

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
            f"connected components are wrong, so nothing was published: {named.asDict()}, torn being edges between two"
        )
