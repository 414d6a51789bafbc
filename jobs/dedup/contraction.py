"""Connected components of a large edge set by contracting it round after round, in Spark alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.process.errors import InfrastructureError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyspark.sql import Column, DataFrame

MAX_ROUNDS = 60
"""A round leaves at most three quarters of the nodes, on average; more than this mean that something is broken."""


def components(edges: DataFrame, stage: Callable[[str, DataFrame], DataFrame]) -> DataFrame:
    """`id, cluster_id` for edges `src, dst`: the smallest id of the component of every id that an edge names.

    `stage` writes a frame down and gives it back, so that no round is computed twice. Raises InfrastructureError when
    edges are left after MAX_ROUNDS. Source: Bögeholz, Brand and Todor, In-database connected component analysis,
    arXiv:1802.09478 (randomised contraction; the order of a round is a seeded hash here, and the result the same
    whatever it is).
    """
    rounds = [stage("numbers", numbered(edges))]
    current = stage("contracted-0", contracted(edges, rounds[0]))
    for number in range(1, MAX_ROUNDS + 1):
        rounds.append(stage(f"representatives-{number}", representatives(current, number)))
        current = stage(f"contracted-{number}", contracted(current, rounds[-1]))
        if current.isEmpty():
            return by_the_smallest(unfolded(rounds))
    raise InfrastructureError(f"connected components did not settle in {MAX_ROUNDS} rounds: nothing was published")


def numbered(edges: DataFrame) -> DataFrame:
    """`id, representative`: a number for every node, each once. The rounds compare numbers faster than ids."""
    from pyspark.sql import functions as F

    nodes = edges.select(F.col("src").alias("id")).union(edges.select("dst")).distinct()
    return nodes.select("id", F.monotonically_increasing_id().alias("representative"))


def representatives(edges: DataFrame, seed: int) -> DataFrame:
    """`id, representative`: of a node and its neighbours the first, in an order of this seed's own."""
    from pyspark.sql import functions as F

    both = edges.select(F.col("src").alias("id"), F.col("dst").alias("other"))
    both = both.union(edges.select("dst", "src"))
    nearest = both.groupBy("id").agg(F.min(_place("other", seed)).alias("nearest"))
    return nearest.select("id", F.least("nearest", _place("id", seed)).getField("node").alias("representative"))


def contracted(edges: DataFrame, named: DataFrame) -> DataFrame:
    """The edges between the representatives of their ends, each once; those within one are gone."""
    from pyspark.sql import functions as F

    ends = named.select(F.col("id").alias("src"), F.col("representative").alias("a"))
    others = named.select(F.col("id").alias("dst"), F.col("representative").alias("b"))
    between = edges.join(ends, "src").join(others, "dst").where("a <> b")
    return between.select(F.greatest("a", "b").alias("src"), F.least("a", "b").alias("dst")).distinct()


def unfolded(rounds: Sequence[DataFrame]) -> DataFrame:
    """`id, representative` for every node of the first round: the last of those that its representatives had."""
    from pyspark.sql import functions as F

    found = rounds[-1]
    for named in reversed(rounds[:-1]):
        later = found.select(F.col("id").alias("representative"), F.col("representative").alias("_later"))
        last = F.coalesce("_later", "representative").alias("representative")
        found = named.join(later, "representative", "left").select("id", last)
    return found


def by_the_smallest(found: DataFrame) -> DataFrame:
    """`id, cluster_id`: each component under the name of its smallest member."""
    from pyspark.sql import functions as F

    names = found.groupBy("representative").agg(F.min("id").alias("cluster_id"))
    return found.join(names, "representative").select("id", "cluster_id")


def _place(node: str, seed: int) -> Column:
    from pyspark.sql import functions as F

    return F.struct(F.xxhash64(F.lit(seed), F.col(node)).alias("hash"), F.col(node).alias("node"))
