"""The documents that a recipe reads, and the hash that says whether they are still the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.errors import UserError
from decantry.jobs.lake import Lake
from decantry.jobs.recipe.model import Recipe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import DataFrame

GIVEN = ("given", "wet")
"""Extractors of texts that came as text: every recipe reads them."""


@dataclass(frozen=True)
class CrawlDocuments:
    """How many documents of a crawl a recipe reads, and a hash of which."""

    crawl: str
    count: int
    hash: str


def readable(lake: Lake, recipe: Recipe, crawls: Sequence[str] | None) -> DataFrame:
    """The documents of `crawls` (all when None) in the recipe's text: its extractor's newest version, or given text.

    Where an id has both, the extractor's text stands. Raises UserError when there is none.
    """
    documents = lake.read("silver/documents")
    if crawls is not None:
        documents = documents.where(F.col("crawl").isin(*crawls))
    present = sorted(row[0] for row in documents.select("extractor").distinct().collect())
    mine = [name for name in present if name.startswith(f"{recipe.text.extractor}-")]
    given = [name for name in present if name in GIVEN]
    if not mine and not given:
        there = ", ".join(present) or "none"
        raise UserError(
            f"the lake {lake.uri} has no documents for {recipe.recipe}, which reads {recipe.text.extractor} text "
            f"(there: {there}): ingest some, or run `decantry extract --extractor {recipe.text.extractor}`"
        )
    extracted = documents.where(F.col("extractor") == mine[-1]) if mine else None
    as_given = documents.where(F.col("extractor").isin(*given)) if given else None
    if extracted is None or as_given is None:
        only = extracted if extracted is not None else as_given
        assert only is not None
        return only
    return extracted.unionByName(as_given.join(extracted.select("id"), "id", "left_anti"))


def by_crawl(documents: DataFrame) -> list[CrawlDocuments]:
    """Each crawl's number of documents and a hash of their ids and the runs that wrote them, sorted by crawl."""
    identity = F.xxhash64("id", "extractor", "run_id")
    rows = (
        documents.groupBy("crawl")
        .agg(F.count("*").alias("n"), F.bit_xor(identity).alias("x"), F.sum(F.pmod(identity, F.lit(2**31))).alias("s"))
        .orderBy("crawl")
        .collect()
    )
    return [
        CrawlDocuments(row["crawl"], row["n"], f"{row['n']}-{row['x'] & (2**64 - 1):016x}-{row['s']}") for row in rows
    ]
