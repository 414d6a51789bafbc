"""Compares a sample of removed duplicates with the documents that are kept for them, by their words."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

from decantry.jobs.checks.alarm import LEAST_SHARED, Compared, Pair
from decantry.jobs.process.spark import F
from decantry.jobs.steps.near_duplicates import NearDuplicates
from decantry.jobs.steps.step import native

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.recipe.model import Recipe

SAMPLE = 1_000
"""How many removed documents of a step are compared: those with the smallest hashes of their ids."""
CHARACTERS = 100_000
"""How much of a text is compared, from its beginning, in characters."""
LEAST_WORDS = 10
"""Documents with fewer distinct words are not compared, because a few words say little."""


def unverified(recipe: Recipe) -> list[str]:
    """The steps whose removed documents may be unlike the kept ones: near-duplicates that are not verified by half."""
    return [
        str(step)
        for step in recipe.steps
        if isinstance(step, NearDuplicates) and (step.verify is None or step.verify < LEAST_SHARED)
    ]


Texts = Callable[[Collection[str], Collection[str]], "DataFrame"]
"""From the crawls and the ids of documents to those documents: `id, text, language`."""


def compare(
    step: str, found: DataFrame, due: Collection[str], texts: Texts, stage: Callable[[str, DataFrame], DataFrame]
) -> Compared:
    """How far a sample of the documents of the `due` crawls that a step removes shares the words of those it keeps.

    `found` has a row for each member of a cluster, `crawl, id, survivor, cluster_id, cluster_size`. The words are those
    of the texts as they were extracted, in the normal form of near-duplicates, without repetitions.
    """
    columns = ("id", "survivor", "cluster_id", "cluster_size")
    removed = found.where(F.col("crawl").isin(*due) & (F.col("id") != F.col("survivor"))).select(*columns)
    pairs = stage(f"sample-{step}", removed.orderBy(F.xxhash64("id"), "id").limit(SAMPLE))
    ids = {name for row in pairs.select("id", "survivor").collect() for name in row}
    if not ids:
        return Compared(step, 0, ())
    crawls = {row["crawl"] for row in found.where(F.col("id").isin(*ids)).select("crawl").distinct().collect()}
    text = F.substring("text", 1, CHARACTERS)
    words = native("once", native("shingles", text, F.lit(1), F.lit("xxh64"), F.lit("word"), "language"))
    by_id = stage(f"words-{step}", texts(crawls, ids).select("id", words.alias("words")))
    theirs = by_id.select(F.col("id").alias("survivor"), F.col("words").alias("kept"))
    both = pairs.join(by_id, "id").join(theirs, "survivor").where(F.size("words") >= LEAST_WORDS)
    shared = (F.size(F.array_intersect("words", "kept")) / F.size("words")).alias("shared")
    rows = both.select(*columns, shared).orderBy("id").collect()
    unlike = tuple(
        Pair(row["cluster_id"], row["cluster_size"], row["id"], row["survivor"], row["shared"])
        for row in rows
        if row["shared"] < LEAST_SHARED
    )
    return Compared(step, len(rows), unlike)
