"""Makes documents for the benchmarks: fingerprints of a known shape, and texts with copies of a known difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as F

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy as np
    import pyarrow as pa
    from numpy.typing import NDArray
    from pyspark.sql import Column, DataFrame, SparkSession

BANDS = 14
WORDS = 290
VOCABULARY = 1 << 16
SHINGLES = 286
CHAIN = 10_000
STAR = 100_000
CHANGED = (0.005, 0.01, 0.02, 0.04)
"""The shares of changed words in copies."""


def uniform(spark: SparkSession, count: int) -> DataFrame:
    """`count` fingerprints. One in ten is a copy of another one in half of its bands; the others have nothing in
    common."""
    return _fingerprints(spark, count, _own)


def fingerprints(spark: SparkSession, count: int) -> DataFrame:
    """The same with a bucket of 30 % of all documents, a star of at most a tenth, and a chain of at most a
    hundredth."""
    bucket, star, chain = _shape(count)
    n = F.col("n")
    place = n - bucket - star

    def key(band: int) -> Column:
        own = _own(band)
        if band == 13:
            return F.when(n < bucket, F.lit(1)).otherwise(own)
        if band == 12:
            return F.when((n >= bucket) & (n < bucket + star), F.lit(2)).otherwise(own)
        if band in (10, 11):
            link = F.floor((place + (band - 10)) / 2)
            return F.when((place >= 0) & (place < chain), link).otherwise(own)
        return own

    return _fingerprints(spark, count, key)


def _shape(count: int) -> tuple[int, int, int]:
    """The numbers of documents in the bucket, in the star and in the chain."""
    return int(count * 0.3), min(STAR, count // 10), min(CHAIN, count // 100)


def _own(band: int) -> Column:
    """A key of one document alone. In the lower half of bands, one in ten shares it with the document before."""
    n = F.col("n")
    return F.xxhash64(F.when(n % 10 == 9, n - 1).otherwise(n) if band < BANDS // 2 else n, F.lit(band))


def _fingerprints(spark: SparkSession, count: int, key: Callable[[int], Column]) -> DataFrame:
    n = F.col("n")
    return (
        spark.range(count)
        .withColumnRenamed("id", "n")
        .select(
            _id(n),
            F.lit("CC-MAIN-2026-01").alias("crawl"),
            F.concat(F.lit("crawl-data/CC-MAIN-2026-01/segments/"), (n % 90).cast("string")).alias("warc_path"),
            n.alias("warc_offset"),
            F.lit("").alias("scope"),
            F.array().cast("array<struct<number:double,word:string>>").alias("rank"),
            F.array(*(key(band) for band in range(BANDS))).alias("bands"),
        )
    )


def shingles(spark: SparkSession, count: int, *, alike: bool) -> DataFrame:
    """`id, shingles` for `fingerprints`: SHINGLES of them, sorted, for all documents that share a bucket.

    Where they are `alike`, 2 % of a document's are its own and a link of the chain moves on by 7: similarities of some
    .92 in the bucket, the star and the copies, of .95 between neighbours. Else 13 % are its own and a link moves on by
    half: similarities of some .6 and .33, so that all are compared and all stay.
    """
    bucket, star, chain = _shape(count)
    n = F.col("n")
    link = n - bucket - star
    linked = (link >= 0) & (link < chain)
    own, step = (2, 7) if alike else (13, SHINGLES // 2)
    group = F.when(n < bucket, -1).when(n < bucket + star, -2).when(linked, -3)
    source = F.coalesce(group, F.when(n % 10 == 9, n - 1).otherwise(n)).cast("long")
    moved = F.when(linked, step * link).otherwise(0)
    changed = F.when(linked, 0).otherwise(own)

    shared = (n < bucket + star + chain) | (n % 10 >= 8)
    given = spark.range(count).withColumnRenamed("id", "n").where(shared)
    given = given.select(_id(n), n, source.alias("source"), moved.alias("moved"), changed.alias("changed"))
    return given.mapInArrow(_with_shingles, "id string, shingles array<bigint>")


def _with_shingles(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    import numpy as np
    import pyarrow as pa

    for batch in batches:
        made = made_shingles(*(np.asarray(column)[:, None] for column in batch.columns[1:]))
        lists = pa.ListArray.from_arrays(np.arange(0, made.size + 1, SHINGLES, dtype=np.int32), made.ravel())
        yield pa.record_batch([batch.column(0), lists], names=["id", "shingles"])


def made_shingles(
    n: NDArray[np.int64], source: NDArray[np.int64], moved: NDArray[np.int64], changed: NDArray[np.int64]
) -> NDArray[np.int64]:
    """A row of SHINGLES sorted numbers for each document `n`: those of its source from the place `moved` on, of which
    so many per cent are `changed` to its own. All arrays have one column.
    """
    import numpy as np

    at = np.arange(SHINGLES)
    mine = hashed(n, at, 7) < changed.astype(np.uint64) * np.uint64(2**64 // 100)
    made = np.where(mine, hashed(n, at, 8), hashed(source, at + moved, 9)).view(np.int64)
    made.sort(axis=1)
    return made


def hashed(n: NDArray[np.int64], at: NDArray[np.int64], salt: int) -> NDArray[np.uint64]:
    """A pseudorandom number for each pair of a number and a place, by the steps of SplitMix64."""
    import numpy as np

    mixed = n.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + at.astype(np.uint64) + np.uint64(salt << 56)
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        mixed = (mixed ^ mixed >> np.uint64(shift)) * np.uint64(factor)
    return np.asarray(mixed ^ mixed >> np.uint64(31), np.uint64)


def documents(spark: SparkSession, count: int) -> DataFrame:
    """`id, n, text, changed`: originals of WORDS words, and for every other one a copy, a share of its words changed.

    `changed` is the place of that share in CHANGED; null for an original.
    """
    n = F.col("n")
    copy = n % 2 == 1
    changed = F.when(copy, F.floor(n / 2) % len(CHANGED))
    share = F.when(copy, F.element_at(F.array(*map(F.lit, CHANGED)), (changed + 1).cast("int"))).otherwise(F.lit(0.0))
    source = F.when(copy, n - 1).otherwise(n)
    text = _text(source, share, F.lit(0)).alias("text")
    return (
        spark.range(count).withColumnRenamed("id", "n").select(_id(n), "n", text, changed.cast("int").alias("changed"))
    )


def skewed_documents(spark: SparkSession, count: int) -> DataFrame:
    """`id, n, text`: 30 % that are one text, texts that differ from one in 2 % of their words (at most a tenth of
    all), a chain of windows that each move on by 7 words (at most a hundredth), and else as `documents`.
    """
    bucket, star, chain = _shape(count)
    n = F.col("n")
    link = n - bucket - star
    kinds = ((n < bucket, -1, 0.0), (n < bucket + star, -2, 0.02), (link < chain, -3, 0.0))
    copy = n % 2 == 1
    source, share = F.when(copy, n - 1).otherwise(n), F.when(copy, F.lit(CHANGED[1])).otherwise(F.lit(0.0))
    for holds, its, changes in reversed(kinds):
        source, share = F.when(holds, F.lit(its)).otherwise(source), F.when(holds, F.lit(changes)).otherwise(share)
    moved = F.when((link >= 0) & (link < chain), 7 * link).otherwise(0)
    made = spark.range(count).withColumnRenamed("id", "n")
    return made.select(_id(n), "n", _text(source, share, moved).alias("text"))


def _id(n: Column) -> Column:
    return F.concat(F.lit("<urn:uuid:"), F.md5(n.cast("string")), F.lit(">")).alias("id")


def _text(source: Column, share: Column, moved: Column) -> Column:
    """WORDS words of the source from the place `moved` on, a share of them changed for the document `n` alone."""
    n = F.col("n")
    words = F.transform(
        F.sequence(F.lit(1), F.lit(WORDS)),
        lambda at: word(
            F.when(
                F.pmod(F.xxhash64(n, at, F.lit(7)), F.lit(10_000)) < share * 10_000, F.xxhash64(n, at, F.lit(8))
            ).otherwise(F.xxhash64(source.cast("long"), (at + moved).cast("int")))
        ),
    )
    return F.array_join(words, " ")


def word(hashed: Column, vocabulary: int = VOCABULARY) -> Column:
    """One word of a vocabulary of this size, of five letters or more."""
    digits = F.lpad(F.conv(F.pmod(hashed, F.lit(vocabulary)).cast("string"), 10, 16), 5, "0")
    return F.translate(digits, "0123456789ABCDEF", "stuvwxyzabghijkl")
