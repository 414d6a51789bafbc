"""Counts, shuffles and writes the rows of an export with Spark."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from decantry.jobs.explore.export.contents import Size
from decantry.jobs.explore.export.shards import BUCKET_BITS, BUCKETS, Shards, partition_keys
from decantry.jobs.explore.export.write import FILE_TYPES, SHARD, File, Writing, writer_of
from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

ANNOTATIONS_ROWS = 4_000_000
"""The number of rows in a file of annotations. A row has some hundred bytes."""


@dataclass
class Survey:
    """The sizes of the rows: the total, by language and by crawl, and their bytes by bucket."""

    total: Size = field(default_factory=lambda: Size(0, 0, 0, None))
    languages: dict[str | None, Size] = field(default_factory=dict)
    crawls: dict[str | None, Size] = field(default_factory=dict)
    buckets: dict[int, int] = field(default_factory=dict)


def place_of(seed: int) -> Column:
    """A row's place in the shuffle: a 64-bit hash of its id, its copy and the seed."""
    return F.xxhash64(F.col("id"), F.col("copy"), F.lit(seed).cast("bigint"))


def survey(corpus: DataFrame, seed: int) -> Survey:
    """The sizes of the corpus, in one pass."""
    named = [
        ("bucket", _bucket(place_of(seed)).cast("string")),
        ("language", F.col("language")),
        ("crawl", F.col("dump")),
    ]
    groups = F.array(F.struct(F.lit("all").alias("by"), F.lit(None).cast("string").alias("name")),
                     *(F.struct(F.lit(by).alias("by"), name.alias("name")) for by, name in named))  # fmt: skip
    sizes = corpus.select(
        F.octet_length("text").alias("bytes"),
        F.length("text").alias("characters"),
        "token_count",
        groups.alias("groups"),
    )
    counted = (
        sizes.select("bytes", "characters", "token_count", F.inline("groups"))
        .groupBy("by", "name")
        .agg(F.count("*"), F.sum("bytes"), F.sum("characters"), F.sum("token_count"))
    )
    found = Survey()
    for by, name, *sums in counted.collect():
        size = Size(sums[0], sums[1] or 0, sums[2] or 0, sums[3])
        if by == "bucket":
            found.buckets[int(name)] = size.bytes
        elif by == "all":
            found.total = size
        else:
            (found.languages if by == "language" else found.crawls)[name] = size
    return found


def write_corpus(corpus: DataFrame, seed: int, shards: Shards, writing: Writing) -> list[File]:
    """The corpus, written shard by shard, in the order of `place_of`. Raises InfrastructureError."""
    placed = corpus.withColumn("_place", place_of(seed))
    numbered = placed.withColumn(SHARD, _looked_up(shards.of_bucket, _bucket(F.col("_place"))))
    return _write(numbered, writing, ["_place", "id", "copy"])


def write_annotations(rows: DataFrame, writing: Writing) -> list[File]:
    """The annotations, written in the order of the archives in each file. Raises InfrastructureError."""
    numbered = rows.withColumn(SHARD, F.pmod(F.xxhash64("id"), F.lit(writing.count)).cast("int"))
    return _write(numbered, writing, [SHARD, "warc_filename", "warc_record_offset", "id"])


def _write(numbered: DataFrame, writing: Writing, order: Sequence[str]) -> list[File]:
    """Write the rows, one task for each shard. The rows of shard n are in partition n."""
    partition = _looked_up(partition_keys(writing.count), F.col(SHARD))
    sorted_ = numbered.repartition(writing.count, partition).sortWithinPartitions(*order)
    columns = [name for name in numbered.columns if name != "_place"]
    found = sorted_.select(*columns).mapInArrow(writer_of(writing), FILE_TYPES).collect()
    files = sorted((File(**row.asDict()) for row in found), key=lambda file: (file.kind, file.path))
    if failed := next((file.error for file in files if file.error), None):
        raise InfrastructureError(failed)
    return files


def _bucket(place: Column) -> Column:
    """The highest bits of the place; buckets sort as their places do."""
    return (F.shiftright(place, 64 - BUCKET_BITS) + BUCKETS // 2).cast("int")


def _looked_up(numbers: Sequence[int], at: Column) -> Column:
    """The number at this position of the list, from 0. Spark folds the list into one constant."""
    array = F.from_json(F.lit(json.dumps(list(numbers))), "array<int>")
    return F.element_at(array, at + 1)
