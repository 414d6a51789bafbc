"""Measures a sample of a lake's documents by language. The sample is the same each time."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from decantry.jobs.curate.documents import one_a_page
from decantry.jobs.curate.judge import once
from decantry.jobs.explore.fit.stop_words import MOST
from decantry.jobs.process.spark import F, Window
from decantry.jobs.steps.fineweb_quality import FineWebQuality
from decantry.jobs.steps.gopher_quality import GopherQuality
from decantry.jobs.steps.gopher_repetition import GopherRepetition
from decantry.jobs.steps.step import native
from decantry.udfs.page.language_names import full_name

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.explore.fit.filters import Filter
    from decantry.jobs.lake.lake import Lake

    Values = NDArray[np.float64]

MOST_ROWS = 400_000
"""The most sampled documents of all languages together. The driver holds their measurements, some 100 MB."""
BUCKETS = 1 << 20


@dataclass(frozen=True)
class Counted:
    """A language of the lake, its number of documents, and their labels in the lake."""

    language: str
    documents: int
    labels: tuple[tuple[str, str], ...]
    """Pairs of `language` and `language_script`."""


@dataclass(frozen=True)
class Measured:
    """The sample of one language: the scores of the documents, and their values by measurement, in the same order."""

    scores: Values
    values: Mapping[str, Values]


def count(lake: Lake) -> list[Counted]:
    """The languages of the lake, the largest first."""
    rows = _documents(lake).groupBy("language", "language_script").count().collect()
    found: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for row in rows:
        script = row["language_script"] or ""
        found[full_name(row["language"], script)].append((row["language"], script, row["count"]))
    every = [
        Counted(name, sum(n for *_, n in parts), tuple(sorted((label, script) for label, script, _ in parts)))
        for name, parts in found.items()
    ]
    return sorted(every, key=lambda each: (-each.documents, each.language))


def sample(lake: Lake, languages: Sequence[Counted], size: int) -> DataFrame:
    """About `size` documents of each language, fewer if there are many languages: `name, language, score, text`.

    The choice depends only on the ids of the documents.
    """
    size = max(1, min(size, MOST_ROWS // max(1, len(languages))))
    drawn = {
        f"{label}|{script}": {"name": each.language, "below": min(BUCKETS, -(-size * BUCKETS // each.documents))}
        for each in languages
        for label, script in each.labels
    }
    known = F.from_json(F.lit(json.dumps(drawn)), "map<string, struct<name: string, below: bigint>>")
    label = F.concat("language", F.lit("|"), F.coalesce("language_script", F.lit("")))
    return (
        _documents(lake)
        .withColumn("_drawn", F.try_element_at(known, label))
        .where(F.pmod(F.xxhash64("id"), F.lit(BUCKETS)) < F.col("_drawn.below"))
        .select(F.col("_drawn.name").alias("name"), "id", "language", F.col("language_score").alias("score"), "text")
    )


def measure(sampled: DataFrame, filters: Iterable[Filter]) -> dict[str, Measured]:
    """The measurements of the filters on the sample, by language, in the order of the ids."""
    steps = {step.kind: step.measure() for step in (GopherRepetition(), FineWebQuality(), GopherQuality())}
    names = {each.measurement: each.step for each in filters}
    frame = sampled.withColumns({f"_{kind}": once(measured) for kind, measured in steps.items()})
    values = [F.col(f"_{kind}")[name].cast("double").alias(name) for name, kind in names.items()]
    measured: Any = frame.select("name", "id", F.col("score").cast("double"), *values).toPandas()
    table = measured.sort_values(["name", "id"])
    return {
        str(name): Measured(mine["score"].to_numpy(float), {each: mine[each].to_numpy(float) for each in names})
        for name, mine in table.groupby("name")
    }


def words(sampled: DataFrame, scores: Mapping[str, float]) -> dict[str, tuple[dict[str, int], int]]:
    """For each language, the counts of its most frequent words in lower case, and the number of all words.

    Only words with a letter count, in documents with at least the language's score. The driver gets enough words for
    any list of stop words, and no more.
    """
    least = F.try_element_at(F.from_json(F.lit(json.dumps(scores)), "map<string, double>"), F.col("name"))
    word = F.lower("word")
    counts = (
        sampled.where(F.col("score") >= least)
        .select("name", F.explode(once(native("words", "text", "language"))).alias("word"))
        .where(F.col("word").rlike(r"\p{L}"))
        .groupBy("name", word.alias("word"))
        .agg(F.count("*").alias("n"))
    )
    language = Window.partitionBy("name")
    rows = (
        counts.withColumn("total", F.sum("n").over(language))
        .withColumn("place", F.row_number().over(language.orderBy(F.col("n").desc(), "word")))
        .where(F.col("place") <= MOST)
        .collect()
    )
    found: dict[str, tuple[dict[str, int], int]] = {}
    for row in rows:
        found.setdefault(row["name"], ({}, row["total"]))[0][row["word"]] = row["n"]
    return found


def _documents(lake: Lake) -> DataFrame:
    """The lake's documents that have a language and a text, one for each page."""
    usable: Column = F.col("language").isNotNull() & F.col("language_score").isNotNull() & (F.length("text") > 0)
    return one_a_page(lake).where(usable)
