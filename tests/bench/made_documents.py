"""Documents made for the bench: fingerprints of a known shape, and texts with copies of known difference."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as F

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import Column, DataFrame, SparkSession

BANDS = 14
WORDS = 290
VOCABULARY = 1 << 16
CHAIN = 10_000
STAR = 100_000
CHANGED = (0.005, 0.01, 0.02, 0.04)
"""The shares of words that copies differ in."""


def uniform(spark: SparkSession, count: int) -> DataFrame:
    """`count` fingerprints, one in ten a copy of another in half of its bands, else nothing alike."""
    return _fingerprints(spark, count, _own)


def fingerprints(spark: SparkSession, count: int) -> DataFrame:
    """The same with a bucket of 30 % of all, a star, and a chain (at most a tenth and a hundredth of all)."""
    bucket, star, chain = int(count * 0.3), min(STAR, count // 10), min(CHAIN, count // 100)
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


def _own(band: int) -> Column:
    """A key that only a document has, or that one in ten shares with the one before it in the lower half of bands."""
    n = F.col("n")
    return F.xxhash64(F.when(n % 10 == 9, n - 1).otherwise(n) if band < BANDS // 2 else n, F.lit(band))


def _fingerprints(spark: SparkSession, count: int, key: Callable[[int], Column]) -> DataFrame:
    n = F.col("n")
    return (
        spark.range(count)
        .withColumnRenamed("id", "n")
        .select(
            F.concat(F.lit("<urn:uuid:"), F.md5(n.cast("string")), F.lit(">")).alias("id"),
            F.lit("CC-MAIN-2026-01").alias("crawl"),
            F.concat(F.lit("crawl-data/CC-MAIN-2026-01/segments/"), (n % 90).cast("string")).alias("warc_path"),
            n.alias("warc_offset"),
            F.lit("").alias("scope"),
            F.array().cast("array<struct<number:double,word:string>>").alias("rank"),
            F.array(*(key(band) for band in range(BANDS))).alias("bands"),
        )
    )


def documents(spark: SparkSession, count: int) -> DataFrame:
    """`id, n, text, changed`: originals of WORDS words, and for every other one a copy, a share of its words changed.

    `changed` is the place of that share in CHANGED; null for an original.
    """
    n = F.col("n")
    copy = n % 2 == 1
    changed = F.when(copy, F.floor(n / 2) % len(CHANGED))
    share = F.when(copy, F.element_at(F.array(*map(F.lit, CHANGED)), (changed + 1).cast("int"))).otherwise(F.lit(0.0))
    source = F.when(copy, n - 1).otherwise(n)
    words = F.transform(
        F.sequence(F.lit(1), F.lit(WORDS)),
        lambda at: word(
            F.when(
                F.pmod(F.xxhash64(n, at, F.lit(7)), F.lit(10_000)) < share * 10_000, F.xxhash64(n, at, F.lit(8))
            ).otherwise(F.xxhash64(source, at))
        ),
    )
    made = spark.range(count).withColumnRenamed("id", "n")
    return made.select(
        F.concat(F.lit("<urn:uuid:"), F.md5(n.cast("string")), F.lit(">")).alias("id"),
        "n",
        F.array_join(words, " ").alias("text"),
        changed.cast("int").alias("changed"),
    )


def word(hashed: Column, vocabulary: int = VOCABULARY) -> Column:
    """One of so many words of five letters or more."""
    digits = F.lpad(F.conv(F.pmod(hashed, F.lit(vocabulary)).cast("string"), 10, 16), 5, "0")
    return F.translate(digits, "0123456789ABCDEF", "stuvwxyzabghijkl")
