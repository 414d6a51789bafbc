"""Compares a sample of removed duplicates with the documents that are kept for them, by their words."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.checks.alarm import LEAST_SHARED, Compared, Pair
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


def compare(step: str, removed: DataFrame, texts: DataFrame, stage: Callable[[str, DataFrame], DataFrame]) -> Compared:
    """How far a sample of the `removed` documents of a step shares the words of those that are kept.

    `removed` has `id, survivor, cluster_id, cluster_size`, `texts` has `id, text`. The words are those of the texts as
    they were extracted, in the normal form of near-duplicates, without repetitions.
    """
    columns = ("id", "survivor", "cluster_id", "cluster_size")
    few = removed.select(*columns).orderBy(F.xxhash64("id"), "id").limit(SAMPLE)
    pairs = stage(f"sample-{step}", few)
    if pairs.isEmpty():
        return Compared(step, 0, ())
    ids = pairs.select(F.explode(F.array("id", "survivor")).alias("id")).distinct()
    words = native("once", native("shingles", F.substring("text", 1, CHARACTERS), F.lit(1), F.lit("xxh64")))
    found = texts.join(F.broadcast(ids), "id", "left_semi").select("id", words.alias("words"))
    by_id = stage(f"words-{step}", found)
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
