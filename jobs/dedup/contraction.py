"""Connected components of a large edge set in Spark: the graph is contracted in rounds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyspark.sql import Column, DataFrame

MAX_ROUNDS = 60
"""The most rounds. A round leaves at most three quarters of the nodes on average, so more indicate an error."""


def components(edges: DataFrame, stage: Callable[[str, DataFrame], DataFrame]) -> DataFrame:
    """`id, cluster_id` for edges `src, dst`: every id in an edge, and the smallest id of its component.

    `stage` writes a frame to a table and returns the table, so that no round is computed twice. Raises
    InfrastructureError if edges are left after MAX_ROUNDS. Source: Bögeholz, Brand and Todor, In-database connected
    component analysis, arXiv:1802.09478 (randomised contraction). Here a seeded hash gives the order of a round; the
    result does not depend on it.
    """
    rounds = [stage("numbers", numbered(edges))]
    current = stage("contracted-0", contracted(edges, rounds[0]))
    for number in range(1, MAX_ROUNDS + 1):
        rounds.append(stage(f"representatives-{number}", representatives(current, number)))
        current = stage(f"contracted-{number}", contracted(current, rounds[-1]))
        if current.isEmpty():
            return named_by_smallest(expanded(rounds))
    raise InfrastructureError(f"connected components were not found in {MAX_ROUNDS} rounds: nothing was published")


def numbered(edges: DataFrame) -> DataFrame:
    """`id, representative`: a distinct number for every node. Numbers are compared faster than ids."""
    nodes = edges.select(F.col("src").alias("id")).union(edges.select("dst")).distinct()
    return nodes.select("id", F.monotonically_increasing_id().alias("representative"))


def representatives(edges: DataFrame, seed: int) -> DataFrame:
    """`id, representative`: the first of a node and its neighbours, in the order that the seed defines."""
    both = edges.select(F.col("src").alias("id"), F.col("dst").alias("other"))
    both = both.union(edges.select("dst", "src"))
    nearest = both.groupBy("id").agg(F.min(_seeded("other", seed)).alias("nearest"))
    return nearest.select("id", F.least("nearest", _seeded("id", seed)).getField("node").alias("representative"))


def contracted(edges: DataFrame, named: DataFrame) -> DataFrame:
    """The distinct edges between the representatives of their ends, without loops."""
    ends = named.select(F.col("id").alias("src"), F.col("representative").alias("a"))
    others = named.select(F.col("id").alias("dst"), F.col("representative").alias("b"))
    between = edges.join(ends, "src").join(others, "dst").where("a <> b")
    return between.select(F.greatest("a", "b").alias("src"), F.least("a", "b").alias("dst")).distinct()


def expanded(rounds: Sequence[DataFrame]) -> DataFrame:
    """`id, representative` for every node of the first round: its representative in the last round."""
    found = rounds[-1]
    for named in reversed(rounds[:-1]):
        later = found.select(F.col("id").alias("representative"), F.col("representative").alias("_later"))
        last = F.coalesce("_later", "representative").alias("representative")
        found = named.join(later, "representative", "left").select("id", last)
    return found


def named_by_smallest(found: DataFrame) -> DataFrame:
    """`id, cluster_id`: each component is named by its smallest member."""
    names = found.groupBy("representative").agg(F.min("id").alias("cluster_id"))
    return found.join(names, "representative").select("id", "cluster_id")


def _seeded(node: str, seed: int) -> Column:
    """The node's position in the order of the seed: its hash, then the node itself."""
    return F.struct(F.xxhash64(F.lit(seed), F.col(node)).alias("hash"), F.col(node).alias("node"))
