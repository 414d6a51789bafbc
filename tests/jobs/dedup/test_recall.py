"""Pairs of known similarity: the found share agrees with the S-curve, and no unrelated document is removed."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

import pytest
from pyspark.sql import functions as F

from decantry.jobs.dedup.clusters import Verification, clusters
from decantry.jobs.dedup.order import RANK
from decantry.jobs.steps.near_duplicates import NearDuplicates
from tests.bench.made_documents import word
from tests.jobs.dedup.test_clusters import in_memory

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

WORDS = 120
SHARED = (80, 90, 99, 103, 107, 110, 114)
"""The share of words that the documents of a pair have in common, by the pair's kind."""
PAIRS = 300
UNRELATED = 10_000


def similarity(shared: int) -> float:
    return shared / (2 * WORDS - shared)


def planted(spark: SparkSession) -> DataFrame:
    """`n, kind, id, text`: pairs (2 p, 2 p + 1) of each kind, then unrelated documents."""
    count = 2 * PAIRS * len(SHARED)
    n, pair = F.col("n"), F.floor(F.col("n") / 2)
    kind = F.when(n < count, pair % len(SHARED))
    shared = F.coalesce(F.element_at(F.array(*map(F.lit, SHARED)), (kind + 1).cast("int")), F.lit(0))
    words = F.transform(
        F.sequence(F.lit(1), F.lit(WORDS)),
        lambda at: word(
            F.when(at <= shared, F.xxhash64(pair, at, F.lit("both"))).otherwise(F.xxhash64(n, at)), 1 << 40
        ),
    )
    made = spark.range(count + UNRELATED).withColumnRenamed("id", "n")
    return made.select(
        "n", kind.alias("kind"), F.lpad(n.cast("string"), 6, "0").alias("id"), F.array_join(words, " ").alias("text")
    )


@pytest.mark.slow  # many texts
def test_the_found_share_agrees_with_the_s_curve_and_verification_keeps_similar_pairs(spark: SparkSession) -> None:
    step = NearDuplicates(ngram=1)
    place = {"crawl": F.lit("c"), "warc_path": F.lit("a"), "warc_offset": F.col("n"), "scope": F.lit("")}
    place |= {"rank": F.array().cast(RANK), "bands": step.keys(), "shingles": step.shingle_hashes()}
    made = planted(spark).withColumn("language", F.lit("en")).withColumns(place).localCheckpoint()

    def lost(**options: Verification) -> dict[int | None, int]:
        found = clusters(made.drop("text", "shingles"), in_memory, **options)
        gone = found.where("id <> survivor").select("id")
        return {r["kind"]: r["count"] for r in made.join(gone, "id", "left_semi").groupBy("kind").count().collect()}

    found = lost()
    for kind, shared in enumerate(SHARED):
        chance = step.found_with(similarity(shared))
        error = 4 * sqrt(chance * (1 - chance) / PAIRS) + 1 / PAIRS
        assert abs(found.get(kind, 0) / PAIRS - chance) <= error, (similarity(shared), chance, found)
    assert None not in found
    alike = lost(verification=Verification(0.8, 64, lambda ids: made.select("id", "shingles").join(ids, "id")))
    assert alike == {kind: found[kind] for kind, shared in enumerate(SHARED) if similarity(shared) >= 0.8}
