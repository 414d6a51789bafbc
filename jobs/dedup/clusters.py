"""From band keys to clusters and the one survivor of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.dedup import stars
from decantry.jobs.dedup.edges import star_edges
from decantry.jobs.dedup.union_find import components_of_batches

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame

ONE_TASK_EDGES = 2_000_000
"""Up to this many edges one task finds the components (some 600 MB of Python); beyond it Spark does."""

SURVIVOR_ORDER = ("crawl", "warc_path", "warc_offset", "id")
"""The first of a cluster by this total order stays."""


def near_duplicate_clusters(
    fingerprints: DataFrame,
    stage: Callable[[str, DataFrame], DataFrame],
    one_task_edges: int = ONE_TASK_EDGES,
) -> DataFrame:
    """`id, cluster_id, cluster_size, survivor` for every document that has a near-duplicate.

    `fingerprints` has the columns of SURVIVOR_ORDER, `scope` and `bands`. `cluster_id` is the smallest member's id;
    exactly one member of each cluster is the survivor. `stage` writes a frame down and gives it back.
    """
    edges = stage("edges", star_edges(fingerprints))
    if edges.count() <= one_task_edges:
        found = edges.repartition(1).mapInArrow(components_of_batches, "id string, cluster_id string")
    else:
        found = stars.components(edges, stage)
    members = fingerprints.select(*SURVIVOR_ORDER).join(stage("components", found), "id")
    chosen = members.groupBy("cluster_id").agg(
        F.count("*").alias("cluster_size"), F.min(F.struct(*SURVIVOR_ORDER)).getField("id").alias("_survivor")
    )
    return members.join(chosen, "cluster_id").select(
        "id", "cluster_id", "cluster_size", (F.col("id") == F.col("_survivor")).alias("survivor")
    )
