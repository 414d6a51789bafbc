"""True Jaccard similarities within buckets: edges only between documents that really are alike."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from decantry.jobs.dedup.edges import BUCKET, buckets, hubs

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import Column, DataFrame


def candidates(fingerprints: DataFrame) -> DataFrame:
    """`id` of the documents that share a bucket with another: the only ones whose texts verification reads."""
    filled = buckets(fingerprints)
    return filled.join(hubs(filled), list(BUCKET), "left_semi").select("id").distinct()


def verified_edges(
    fingerprints: DataFrame,
    shingles: DataFrame,
    threshold: float,
    rounds: int,
    stage: Callable[[str, DataFrame], DataFrame],
) -> DataFrame:
    """Distinct edges `src` > `dst` of a similarity of `threshold` or more, found by stars within each bucket.

    A round compares the members of each bucket with the smallest id among them, its centre. The centre and those that
    pass are done with; those that fail go on among themselves, until fewer than two are left or `rounds` have passed.
    So a bucket of k documents costs at most k-1 comparisons a round. `shingles` has `id, shingles` of all candidates.
    """
    from pyspark.sql import functions as F

    left = buckets(fingerprints)
    passed: list[DataFrame] = []
    for number in range(1, rounds + 1):
        met = stage(f"met-{number}", left.join(hubs(left), list(BUCKET)).where("id > hub"))
        pairs = met.select("id", "hub").distinct()
        compared = stage(f"compared-{number}", _compared(pairs, shingles))
        passed.append(compared.where(F.col("similarity") >= threshold))
        failed = compared.where(F.col("similarity") < threshold)
        if failed.isEmpty():
            break
        left = met.join(failed, ["id", "hub"], "left_semi").select(*BUCKET, "id")
    edges = [frame.select(F.col("id").alias("src"), F.col("hub").alias("dst")) for frame in passed]
    return reduce(lambda a, b: a.unionByName(b), edges).distinct()


def similarity_to(survivors: DataFrame, shingles: DataFrame) -> DataFrame:
    """`id, similarity` for `id, survivor`: 1 for the survivor itself."""
    from pyspark.sql import functions as F

    named = survivors.select("id", F.col("survivor").alias("hub"))
    return _compared(named, shingles).select("id", "similarity")


def _compared(pairs: DataFrame, shingles: DataFrame) -> DataFrame:
    """`id, hub, similarity` for pairs `id, hub`."""
    from pyspark.sql import functions as F

    mine = shingles.select("id", F.col("shingles").alias("_mine"))
    its = shingles.select(F.col("id").alias("hub"), F.col("shingles").alias("_its"))
    both = pairs.join(mine, "id").join(its, "hub")
    return both.select("id", "hub", jaccard(F.col("_mine"), F.col("_its")).alias("similarity"))


def jaccard(a: Column, b: Column) -> Column:
    """The share of the elements of two sets that both have; the arrays have no element twice, and one at least."""
    from pyspark.sql import functions as F

    common = F.size(F.array_intersect(a, b))
    return common / (F.size(a) + F.size(b) - common)
