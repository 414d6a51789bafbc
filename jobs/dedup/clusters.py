"""Finds the clusters of documents that share keys, and the survivor of each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.dedup.components import components
from decantry.jobs.dedup.cover import Verification, cover
from decantry.jobs.dedup.edges import shared_buckets, stars
from decantry.jobs.dedup.order import ORDER
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame

__all__ = ["Verification", "clusters"]


def clusters(
    fingerprints: DataFrame,
    stage: Callable[[str, DataFrame], DataFrame],
    *,
    together: bool = False,
    verification: Verification | None = None,
) -> DataFrame:
    """`id, crawl, cluster_id, cluster_size, survivor, similarity` for every document that has a duplicate.

    `fingerprints` has the columns of ORDER, `scope` and `bands`. `cluster_id` is the smallest id in the cluster.
    Without `verification`, a cluster is a connected component of documents that share keys, `survivor` is its first
    member by ORDER, and `similarity` is null. With `verification`, a cluster is a kept document and the documents whose
    witness it is. `survivor` is the kept document, and `similarity` the Jaccard similarity to it (1 for itself).
    With `together`, two documents share a key only if all their keys are equal. `stage` writes a frame to a table and
    returns the table.
    """
    if verification is not None:
        return _with_witnesses(cover(fingerprints, verification, stage))
    edges = stage("edges", stars(shared_buckets(fingerprints, together=together)))
    members = fingerprints.select(*ORDER).join(components(edges, stage), "id")
    chosen = members.groupBy("cluster_id").agg(
        F.count("*").alias("cluster_size"), F.min(F.struct(*ORDER)).getField("id").alias("survivor")
    )
    named = members.join(chosen, "cluster_id").select("id", "crawl", "cluster_id", "cluster_size", "survivor")
    return named.withColumn("similarity", F.lit(None).cast("double"))


def _with_witnesses(removed: DataFrame) -> DataFrame:
    """The cluster rows of the removed documents and of their witnesses."""
    kept = removed.groupBy("survivor").agg(
        F.least(F.min("id"), "survivor").alias("cluster_id"),
        (F.count("*") + 1).alias("cluster_size"),
        F.min("survivor_crawl").alias("crawl"),
    )
    columns = ("id", "crawl", "cluster_id", "cluster_size", "survivor", "similarity")
    witnesses = kept.withColumns({"id": F.col("survivor"), "similarity": F.lit(1.0)})
    covered = removed.join(kept.drop("crawl"), "survivor")
    return covered.select(*columns).unionByName(witnesses.select(*columns))
