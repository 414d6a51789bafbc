"""From keys to clusters and the one survivor of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.dedup.components import ONE_TASK_EDGES, components
from decantry.jobs.dedup.edges import star_edges
from decantry.jobs.dedup.order import ORDER
from decantry.jobs.dedup.verify import candidates, similarity_to, verified_edges

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame


@dataclass(frozen=True)
class Verification:
    """How candidates are verified: from which similarity on two are alike, in how many rounds, by which shingles.

    `shingles` gives `id, shingles`, the hashes of their texts' different shingles, for a frame of `id`.
    """

    threshold: float
    rounds: int
    shingles: Callable[[DataFrame], DataFrame]


def clusters(
    fingerprints: DataFrame,
    stage: Callable[[str, DataFrame], DataFrame],
    *,
    together: bool = False,
    verification: Verification | None = None,
    one_task_edges: int = ONE_TASK_EDGES,
) -> DataFrame:
    """`id, crawl, cluster_id, cluster_size, survivor, similarity` for every document that has a duplicate.

    `fingerprints` has the columns of ORDER, `scope` and `bands`. `cluster_id` is the smallest member's id, `survivor`
    the first member's by ORDER, `similarity` that to the survivor, null where nothing is verified. `stage` writes a
    frame down and gives it back.
    """
    from pyspark.sql import functions as F

    shingles = None
    if verification is None:
        edges = stage("edges", star_edges(fingerprints, together=together))
    else:
        shingles = stage("shingles", verification.shingles(stage("candidates", candidates(fingerprints))))
        found = verified_edges(fingerprints, shingles, verification.threshold, verification.rounds, stage)
        edges = stage("edges", found)
    members = fingerprints.select(*ORDER).join(components(edges, stage, one_task_edges), "id")
    chosen = members.groupBy("cluster_id").agg(
        F.count("*").alias("cluster_size"), F.min(F.struct(*ORDER)).getField("id").alias("survivor")
    )
    named = members.join(chosen, "cluster_id").select("id", "crawl", "cluster_id", "cluster_size", "survivor")
    if shingles is None:
        return named.withColumn("similarity", F.lit(None).cast("double"))
    named = stage("named", named)
    return named.join(similarity_to(named, shingles), "id")
