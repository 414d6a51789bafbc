"""A greedy cover: every document that is removed has a kept witness that is really alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial, reduce
from itertools import count
from typing import TYPE_CHECKING

from decantry.jobs.dedup.components import components
from decantry.jobs.dedup.edges import shared_buckets, stars
from decantry.jobs.dedup.order import ORDER
from decantry.jobs.dedup.stream import BUCKETS, COVERED, covered
from decantry.jobs.process.errors import InfrastructureError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    import pyarrow as pa
    from pyspark.sql import Column, DataFrame

ONE_TASK_DOCUMENTS = 50_000
"""Up to this many documents of a component are decided in one task."""

GROWTH = 4
"""How many times as many are decided in the next round, up to MOST_DOCUMENTS."""

MOST_DOCUMENTS = 800_000
"""The most that one task decides: some 2 KB of memory a centre, if all of them are unlike (measured, 14 bands)."""


@dataclass(frozen=True)
class Verification:
    """How candidates are verified: from which similarity on two are alike, and by how many centres of each bucket.

    `shingles` gives `id, shingles`, the sorted hashes of their texts' different shingles, for a frame of `id`.
    """

    threshold: float
    centres: int
    shingles: Callable[[DataFrame], DataFrame]
    one_task: int = ONE_TASK_DOCUMENTS


def cover(
    fingerprints: DataFrame,
    verification: Verification,
    stage: Callable[[str, DataFrame], DataFrame],
    one_task_edges: int,
) -> DataFrame:
    """`id, crawl, survivor, survivor_crawl, similarity` of every document that is removed; `survivor` is its witness.

    Documents are taken in ORDER. Each is compared with the centres of its buckets, which are a bucket's first
    `centres` kept documents. Where one is alike, the document is removed, and its witness is the first of these in
    ORDER; else it is kept. Raises InfrastructureError where a witness is not kept.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    left = stage("candidates", candidates(fingerprints, verification.centres, stage, one_task_edges))
    shingles = verification.shingles(left.select("id"))
    limit, removed = verification.one_task, []
    for number in count(1):
        if left.groupBy("component").count().where(F.col("count") > limit).isEmpty():
            removed.append(stage(f"covered-{number}", decided(left, shingles, verification.threshold)))
            break
        if number == 1:
            shingles = stage("shingles", shingles)
        place = F.row_number().over(Window.partitionBy("component").orderBy(*ORDER))
        numbered = stage(f"numbered-{number}", left.withColumn("nth", place))
        first = numbered.where(F.col("nth") <= limit)
        found = stage(f"covered-{number}", decided(first, shingles, verification.threshold, tell=True))
        made = found.where("centre_of IS NOT NULL")
        rest = numbered.where(F.col("nth") > limit).withColumn("slice", F.expr(f"CAST((nth - 1) DIV {limit} AS INT)"))
        alike = stage(f"compared-{number}", compared(rest, made, shingles, verification.threshold))
        removed += [found.where("centre_of IS NULL"), alike]
        left = stage(f"left-{number}", with_room(rest.join(alike.select("id"), "id", "left_anti"), made))
        limit = min(GROWTH * limit, max(limit, MOST_DOCUMENTS))
    every = reduce(lambda a, b: a.unionByName(b), removed).drop("component", "nth", "centre_of")
    require_kept_witnesses(every)
    return every


def candidates(
    fingerprints: DataFrame, centres: int, stage: Callable[[str, DataFrame], DataFrame], one_task_edges: int
) -> DataFrame:
    """The columns of ORDER, `component` and `buckets` of the documents that share a bucket with another."""
    from pyspark.sql import functions as F

    shared = stage("shared", shared_buckets(fingerprints))
    named = components(stage("edges", stars(shared)), stage, one_task_edges)
    bucket = F.struct("band", "key", F.lit(centres).alias("room"))
    held = shared.groupBy("id").agg(F.collect_list(bucket).cast(BUCKETS).alias("buckets"))
    placed = fingerprints.select(*ORDER).join(held, "id")
    return placed.join(named.withColumnRenamed("cluster_id", "component"), "id")


def decided(rows: DataFrame, shingles: DataFrame, threshold: float, *, tell: bool = False) -> DataFrame:
    """What `covered` says of documents in ORDER, a component in one task."""
    from pyspark.sql import functions as F

    placed = rows.withColumns({"slice": F.lit(0), "centre": F.lit(False)})
    return _streamed(placed, shingles, ORDER, partial(covered, threshold=threshold, tell=tell))


def compared(rest: DataFrame, made: DataFrame, shingles: DataFrame, threshold: float) -> DataFrame:
    """What `covered` says of the `rest` of large components beside the centres that were `made`, a slice in one task.

    No document of the rest has room in its buckets there, so none becomes a centre.
    """
    from pyspark.sql import functions as F

    closed = F.transform("buckets", lambda bucket: bucket.withField("room", F.lit(0))).cast(BUCKETS)
    ours = rest.withColumns({"buckets": closed, "centre": F.lit(False)})
    theirs = made.join(rest.select("component", "slice").distinct(), "component")
    theirs = theirs.withColumns({"buckets": F.col("centre_of"), "centre": F.lit(True)})
    columns = ("component", "slice", "id", "crawl", "centre", "nth", "buckets")
    rows = theirs.select(*columns).unionByName(ours.select(*columns))
    return _streamed(rows, shingles, (F.desc("centre"), F.asc("nth")), partial(covered, threshold=threshold))


def with_room(left: DataFrame, made: DataFrame) -> DataFrame:
    """The documents with the buckets that have room beside the centres that were `made`.

    A document without such a bucket is kept, and nothing is ever compared with it, so it has no row.
    """
    from pyspark.sql import functions as F

    centres = made.select("component", F.inline("centre_of"))
    taken = centres.groupBy("component", "band", "key").agg(F.count("*").alias("n"))
    held = left.select("id", "component", F.inline("buckets")).join(taken, ["component", "band", "key"], "left")
    room = (F.col("room") - F.coalesce("n", F.lit(0))).cast("int")
    open_ones = held.withColumn("room", room).where("room > 0").groupBy("id")
    again = open_ones.agg(F.collect_list(F.struct("band", "key", "room")).cast(BUCKETS).alias("buckets"))
    return left.select(*ORDER, "component").join(again, "id")


def _streamed(
    rows: DataFrame, shingles: DataFrame, order: Sequence[str | Column], act: Callable[..., Iterable[pa.RecordBatch]]
) -> DataFrame:
    placed = rows.join(shingles, "id").repartition("component", "slice")
    ordered = placed.sortWithinPartitions("component", "slice", *order)
    columns = ("component", "slice", "id", "crawl", "centre", "buckets", "shingles")
    return ordered.select(*columns).mapInArrow(act, COVERED)


def require_kept_witnesses(removed: DataFrame) -> None:
    """Raise InfrastructureError unless each document that is removed is there once, and its witness is kept."""
    from pyspark.sql import functions as F

    gone = removed.select(F.col("id").alias("survivor")).distinct()
    lost = removed.join(gone, "survivor", "left_semi").count()
    twice = removed.groupBy("id").count().where("count > 1").count()
    if lost or twice:
        raise InfrastructureError(
            "the cover of duplicates is wrong, so nothing was published: of the documents that it removes, "
            f"{lost} have a witness that it removes too, and {twice} are there twice"
        )
