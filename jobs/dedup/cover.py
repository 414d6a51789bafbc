"""A greedy cover: every removed document has a kept witness with at least the required similarity."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial, reduce
from itertools import count
from typing import TYPE_CHECKING

from decantry.jobs.dedup.components import components
from decantry.jobs.dedup.edges import shared_buckets, stars
from decantry.jobs.dedup.order import ORDER
from decantry.jobs.dedup.stream import BUCKETS, COVERED, COVERS, covered
from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.process.spark import F, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyspark.sql import Column, DataFrame

ONE_TASK_DOCUMENTS = 50_000
"""The most documents of a component that one task decides in the first round."""

GROWTH = 4
"""The factor by which this number grows each round, up to MOST_DOCUMENTS."""

MOST_DOCUMENTS = 800_000
"""The most documents that one task decides. Measured with 14 bands: a centre takes some 2 KB of memory."""


@dataclass(frozen=True)
class Verification:
    """How candidates are verified: the smallest similarity of duplicates, and the most centres of a bucket.

    `shingles` maps a frame of `id` to `id, shingles`: the sorted hashes of the distinct shingles of the texts.
    """

    threshold: float
    centres: int
    shingles: Callable[[DataFrame], DataFrame]


def cover(
    fingerprints: DataFrame, verification: Verification, stage: Callable[[str, DataFrame], DataFrame]
) -> DataFrame:
    """`id, crawl, survivor, survivor_crawl, similarity` of every removed document; `survivor` is its witness.

    Documents are decided in ORDER. Each is compared with the centres of its buckets: the first `centres` kept documents
    of each bucket. If some centres are similar, the document is removed, and the first of them in ORDER is its witness.
    Otherwise it is kept. Large components take several rounds: the first documents are decided in one task, and the
    rest are then compared with the new centres in parallel. Raises InfrastructureError if a witness is not kept.
    """
    undecided = stage("candidates", candidates(fingerprints, verification.centres, stage))
    shingles = verification.shingles(undecided.select("id"))
    threshold, limit, removed = verification.threshold, ONE_TASK_DOCUMENTS, []
    for number in count(1):
        if undecided.groupBy("component").count().where(F.col("count") > limit).isEmpty():
            removed.append(stage(f"covered-{number}", decided(undecided.join(shingles, "id"), threshold)))
            break
        members = Window.partitionBy("component")
        position = {"nth": F.row_number().over(members.orderBy(*ORDER)), "large": F.count("*").over(members) > limit}
        numbered = stage(f"numbered-{number}", undecided.withColumns(position))
        rows = stage(f"shingles-{number}", numbered.join(shingles, "id"))
        found = stage(f"covered-{number}", decided(rows.where(F.col("nth") <= limit), threshold))
        centres = found.where("centre_of IS NOT NULL")
        rest = rows.where(F.col("nth") > limit)
        similar = stage(f"compared-{number}", compared(rest, centres, limit, threshold))
        removed += [found.where("centre_of IS NULL"), similar]
        unmatched = numbered.where(F.col("nth") > limit).join(similar.select("id"), "id", "left_anti")
        undecided = stage(f"left-{number}", with_capacity(unmatched, centres))
        shingles = rest.select("id", "shingles")
        limit = min(GROWTH * limit, max(limit, MOST_DOCUMENTS))
    every = reduce(lambda a, b: a.unionByName(b), removed).drop("component", "nth", "centre_of", "shingles")
    require_kept_witnesses(every)
    return every


def candidates(fingerprints: DataFrame, centres: int, stage: Callable[[str, DataFrame], DataFrame]) -> DataFrame:
    """The columns of ORDER, `component` and `buckets` of all documents that share a bucket with another document."""
    shared = stage("shared", shared_buckets(fingerprints))
    named = components(stage("edges", stars(shared)), stage)
    bucket = F.struct("band", "key", F.lit(centres).alias("capacity"))
    filled = shared.groupBy("id").agg(F.collect_list(bucket).cast(BUCKETS).alias("buckets"))
    documents = fingerprints.select(*ORDER).join(filled, "id")
    return documents.join(named.withColumnRenamed("cluster_id", "component"), "id")


def decided(rows: DataFrame, threshold: float) -> DataFrame:
    """The result of `covered` for documents in ORDER, with their shingles. Each component is one group.

    The centres of `large` components are among it: in further rounds, others are compared with them.
    """
    large = F.col("large") if "large" in rows.columns else F.lit(False)
    grouped = rows.withColumns({"slice": F.lit(0), "centre": F.lit(False), "large": large})
    return _streamed(grouped, ORDER, threshold)


def compared(rest: DataFrame, centres: DataFrame, limit: int, threshold: float) -> DataFrame:
    """The result of `covered` for the `rest` of large components and their new `centres`, both with their shingles.

    The rest is cut into slices of at most `limit` documents. Each slice is one group. The documents of the rest have no
    capacity in their buckets here, so none becomes a centre.
    """
    closed = F.transform("buckets", lambda bucket: bucket.withField("capacity", F.lit(0))).cast(BUCKETS)
    sliced = rest.withColumn("slice", F.expr(f"CAST((nth - 1) DIV {limit} AS INT)"))
    undecided = sliced.withColumns({"buckets": closed, "centre": F.lit(False)})
    decided_before = centres.join(sliced.select("component", "slice").distinct(), "component")
    decided_before = decided_before.withColumns({"buckets": F.col("centre_of"), "centre": F.lit(True)})
    columns = ("component", "slice", "id", "crawl", "centre", "nth", "buckets", "shingles")
    rows = decided_before.select(*columns).unionByName(undecided.select(*columns)).withColumn("large", F.lit(False))
    return _streamed(rows, (F.desc("centre"), F.asc("nth")), threshold)


def with_capacity(undecided: DataFrame, centres: DataFrame) -> DataFrame:
    """The documents with those of their buckets that have capacity left after the new `centres`.

    A document without such a bucket has no row: it is kept, and no other document is compared with it.
    """
    keys = ["component", "band", "key"]
    counts = centres.select("component", F.inline("centre_of")).groupBy(*keys).agg(F.count("*").alias("n"))
    filled = undecided.select("id", "component", F.inline("buckets")).join(counts, keys, "left")
    capacity = (F.col("capacity") - F.coalesce("n", F.lit(0))).cast("int")
    open_buckets = filled.withColumn("capacity", capacity).where("capacity > 0").groupBy("id")
    buckets = open_buckets.agg(F.collect_list(F.struct("band", "key", "capacity")).cast(BUCKETS).alias("buckets"))
    return undecided.select(*ORDER, "component").join(buckets, "id")


def _streamed(rows: DataFrame, order: Sequence[str | Column], threshold: float) -> DataFrame:
    """The rows sorted by component, slice and order, passed through `covered`."""
    grouped = rows.repartition("component", "slice")
    ordered = grouped.sortWithinPartitions("component", "slice", *order)
    return ordered.select(*COVERS).mapInArrow(partial(covered, threshold=threshold), COVERED)


def require_kept_witnesses(removed: DataFrame) -> None:
    """Raise InfrastructureError unless each removed document has one row and its witness is kept."""
    roles = F.array(
        F.struct(F.col("id"), F.lit(1).alias("removed"), F.lit(0).alias("witness")),
        F.struct(F.col("survivor").alias("id"), F.lit(0).alias("removed"), F.lit(1).alias("witness")),
    )
    by_id = removed.select(F.inline(roles)).groupBy("id").agg(F.sum("removed").alias("n"), F.sum("witness").alias("of"))
    wrong = by_id.agg(F.sum(F.when(F.col("n") > 0, F.col("of"))), F.count_if(F.col("n") > 1)).first()
    assert wrong is not None
    lost, twice = wrong[0] or 0, wrong[1]
    if lost or twice:
        raise InfrastructureError(
            "the cover of duplicates is wrong, so nothing was published: of the documents that it removes, "
            f"{lost} have a witness that is removed too, and {twice} have more than one row"
        )
