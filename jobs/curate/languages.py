"""Counts of verdicts by language, for recipes whose corpus is partitioned by language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.recipe.model import Recipe

Counts = dict[str, dict[str | None, int]]
"""By language, the number of documents by `removed_by` (None: kept). A document without a language is under ""."""


def counts_by_language(recipe: Recipe, fates: DataFrame, crawls: Sequence[str]) -> Counts:
    """The counts of the documents of these crawls; empty if the recipe's corpus is not partitioned by language.

    `fates` has `crawl, removed_by, _language`, with one row for each judged document.
    """
    counts: Counts = defaultdict(dict)
    if "language" not in recipe.corpus().partition_by:
        return counts
    mine = fates.where(F.col("crawl").isin(*crawls))
    language = F.coalesce("_language", F.lit("")).alias("language")
    for row in mine.groupBy(language, "removed_by").count().collect():
        counts[row["language"]][row["removed_by"]] = row["count"]
    return dict(counts)
