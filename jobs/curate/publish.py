"""Publish: corpus and verdicts first, then the one row that makes readers see them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.few_rows import few_rows
from decantry.jobs.lake import Lake, literal
from decantry.jobs.rebalance import rebalanced
from decantry.jobs.recipe.model import Recipe
from decantry.schemas import publications, signals, verdicts

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


@dataclass(frozen=True)
class Part:
    """What is published of one crawl: how many documents were judged, which, and how many rows are kept."""

    crawl: str
    documents: int
    documents_hash: str
    counts: Mapping[str | None, int]
    kept_rows: int
    """Rows that the verdicts promise: documents kept, times their copies."""
    corpus_rows: int
    """Rows that the staged corpus holds."""

    @property
    def kept(self) -> int:
        """How many documents were kept."""
        return self.counts.get(None, 0)


def publish(
    lake: Lake, recipe: Recipe, recipe_hash: str, outcomes: DataFrame, parts: Sequence[Part], *, measure_all: bool
) -> None:
    """Write the corpus, the verdicts and, last, the publications of `parts`; each replaces what stood in its place.

    A failure before the last commit leaves readers with the old publication; the next run writes the same rows again.
    """
    crawls = ", ".join(literal(part.crawl) for part in parts)
    mine = f"recipe = {literal(recipe.recipe)} AND recipe_hash = {literal(recipe_hash)} AND crawl IN ({crawls})"
    named = outcomes.withColumns(
        {"recipe": F.lit(recipe.recipe), "recipe_hash": F.lit(recipe_hash), "run_id": F.lit(lake.run_id)}
    )
    table = recipe.corpus()
    kept = outcomes.where("removed_by IS NULL")
    if any(step.multiplies for step in recipe.steps):
        kept = kept.withColumn("copy", F.explode(F.sequence(F.lit(1), "copies")))
    corpus_version = lake.replace(table.name, rebalanced(kept, "dump"), f"dump IN ({crawls})", table)
    fates = named.withColumn("kept", F.col("removed_by").isNull()).select(*verdicts.TABLE.column_names)
    verdicts_version = lake.replace(verdicts.TABLE.name, rebalanced(fates, "crawl"), mine)
    if measure_all:
        measured = named.drop("values").withColumnRenamed("signals", "values").select(*signals.TABLE.column_names)
        lake.replace(signals.TABLE.name, measured, mine)
    versions = (verdicts_version, corpus_version, lake.run_id, datetime.now(timezone.utc))
    rows = [
        (recipe.recipe, part.crawl, recipe_hash, part.documents_hash, part.documents, part.kept, *versions)
        for part in parts
    ]
    lake.replace(publications.TABLE.name, few_rows(lake.spark, publications.TABLE, rows), mine)
