"""Connected components of a large edge set by alternating large and small stars, in Spark alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.errors import InfrastructureError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame

MAX_ROUNDS = 60
"""Rounds grow with the logarithm of the longest path; more than this means that something is broken."""


def components(edges: DataFrame, stage: Callable[[str, DataFrame], DataFrame]) -> DataFrame:
    """`id, cluster_id` for edges `src, dst`: the smallest id of the component of every id that an edge names.

    `stage` writes a frame down and gives it back, so that no round is computed twice. Raises InfrastructureError when
    the stars have not settled after MAX_ROUNDS. Source: Kiveris et al., Connected Components in MapReduce and Beyond,
    SoCC 2014.
    """
    current = stage("stars-0", edges.select(F.greatest("src", "dst").alias("a"), F.least("src", "dst").alias("b")))
    before = _checksum(current)
    for number in range(1, MAX_ROUNDS + 1):
        current = stage(f"stars-{number}", small_star(large_star(current)))
        after = _checksum(current)
        if after == before:
            named = current.select(F.col("a").alias("id"), F.col("b").alias("cluster_id"))
            centres = named.select(F.col("cluster_id").alias("id"), "cluster_id")
            return named.union(centres).distinct()
        before = after
    raise InfrastructureError(f"connected components did not settle in {MAX_ROUNDS} rounds: nothing was published")


def large_star(edges: DataFrame) -> DataFrame:
    """Join every larger neighbour of a node to the smallest of the node and its neighbours."""
    both = edges.union(edges.select(F.col("b").alias("a"), F.col("a").alias("b")))
    lowest = both.groupBy("a").agg(F.min("b").alias("low")).select("a", F.least("a", "low").alias("low"))
    return both.join(lowest, "a").where("b > a").select(F.col("b").alias("a"), F.col("low").alias("b")).distinct()


def small_star(edges: DataFrame) -> DataFrame:
    """Join a node and its smaller neighbours to the smallest of them."""
    lowest = edges.groupBy("a").agg(F.min("b").alias("low"))
    others = edges.join(lowest, "a").where("b <> low").select(F.col("b").alias("a"), F.col("low").alias("b"))
    return others.union(lowest.select("a", F.col("low").alias("b"))).distinct()


def _checksum(edges: DataFrame) -> tuple[int, int]:
    row = edges.agg(F.count("*"), F.coalesce(F.bit_xor(F.xxhash64("a", "b")), F.lit(0))).first()
    assert row is not None
    return int(row[0]), int(row[1])
