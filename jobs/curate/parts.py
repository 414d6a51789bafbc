"""What is published of each crawl, in figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from decantry.jobs.curate.documents import CrawlDocuments
from decantry.jobs.curate.outcome import Outcomes
from decantry.jobs.curate.standing import Standing
from decantry.jobs.published import published_corpus

if TYPE_CHECKING:
    from pyspark.sql import Column, Row


@dataclass(frozen=True)
class Part:
    """What is published of one crawl: how many documents were judged, which, and how many rows are kept."""

    crawl: str
    documents: int
    documents_hash: str
    documents_version: int | None
    counts: Mapping[str | None, int]
    kept_rows: int
    """Rows that the verdicts promise: documents kept, times their copies."""
    corpus_rows: int
    """Rows that the corpus will hold."""

    @property
    def kept(self) -> int:
        """How many documents were kept."""
        return self.counts.get(None, 0)


def parts(
    judged: Outcomes, due: Sequence[CrawlDocuments], standing: Standing | None, publications: Mapping[str, Row]
) -> tuple[Part, ...]:
    """A part for each crawl that is due, and for each published one in which something changes."""
    wanted = {c.crawl: (c.count, c.hash, c.version) for c in due}
    rows = judged.rows.where(F.col("crawl").isin(*wanted)).select("crawl", "removed_by", "copies", _has_text())
    found = [rows]
    if standing is not None:
        touched = _changed_crawls(judged, list(wanted))
        same = ("documents", "documents_hash", "documents_version")
        wanted |= {c: tuple(publications[c][name] for name in same) for c in touched}
        if touched:
            found.append(_standing_rows(judged, standing, touched))
    counts: dict[str, dict[str | None, int]] = defaultdict(dict)
    promised: dict[str, int] = defaultdict(int)
    there: dict[str, int] = defaultdict(int)
    kept = F.col("removed_by").isNull()
    summed = reduce(DataFrame.unionByName, found).groupBy("crawl", "removed_by")
    for row in summed.agg(
        F.count("*").alias("n"),
        F.sum(F.when(kept, F.col("copies"))).alias("kept_rows"),
        F.sum(F.when(F.col("has_text"), F.col("copies"))).alias("corpus_rows"),
    ).collect():
        counts[row["crawl"]][row["removed_by"]] = row["n"]
        promised[row["crawl"]] += row["kept_rows"] or 0
        there[row["crawl"]] += row["corpus_rows"] or 0
    return tuple(Part(c, *wanted[c], counts[c], promised[c], there[c]) for c in sorted(wanted))


def _has_text() -> Column:
    return F.col("text").isNotNull().alias("has_text")


def _changed_crawls(judged: Outcomes, due: Sequence[str]) -> list[str]:
    """The published crawls in which a fate changes."""
    again = judged.rows.where(~F.col("crawl").isin(*due)).select("crawl")
    every = again if judged.changes is None else again.unionByName(judged.changes.select("crawl"))
    return sorted(row["crawl"] for row in every.distinct().collect())


def _standing_rows(judged: Outcomes, standing: Standing, touched: Sequence[str]) -> DataFrame:
    """`crawl, removed_by, copies, has_text` of the published documents of the touched crawls, as they will be."""
    again = judged.rows.where(F.col("crawl").isin(*touched)).select("crawl", "id", "removed_by", "copies", _has_text())
    before = standing.verdicts.where(F.col("crawl").isin(*touched)).select("crawl", "id", "removed_by")
    before = before.join(again.select("id"), "id", "left_anti")
    if judged.changes is not None:
        now = judged.changes.select("id", F.col("removed_by").alias("_now"), F.lit(True).alias("_changes"))
        before = before.join(now, "id", "left").withColumn(
            "removed_by", F.when(F.col("_changes"), F.col("_now")).otherwise(F.col("removed_by"))
        )
    corpus = published_corpus(standing.lake, standing.recipe.recipe)
    assert corpus is not None
    held = corpus.where(F.col("dump").isin(*touched)).groupBy("id").agg(F.count("*").alias("_rows"))
    left = before.join(held, "id", "left").select(
        "crawl",
        "removed_by",
        F.coalesce("_rows", F.lit(1)).cast("int").alias("copies"),
        (F.col("removed_by").isNull() & F.col("_rows").isNotNull()).alias("has_text"),
    )
    return left.unionByName(again.drop("id"))
