"""Collects from the lake what an export says about itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from decantry.jobs.explore.export.contents import ColumnInfo, Size, Source, StepCounts
from decantry.jobs.lake.published import verdicts_of
from decantry.jobs.process.spark import F
from decantry.jobs.recipe.funnel import funnel

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.live import Published
    from decantry.jobs.recipe.model import Recipe

COMMON_CRAWL = "crawl-data/"
"""The prefix of the canonical paths of Common Crawl's files."""


def steps(lake: Lake, recipe: Recipe, published: Sequence[Published]) -> tuple[StepCounts, ...]:
    """The recipe's steps, each with the number of documents of the publication that it saw and removed."""
    counted = verdicts_of(lake, published).groupBy("removed_by").count().collect()
    found = funnel(recipe, {row["removed_by"]: row["count"] for row in counted})
    return tuple(
        StepCounts(one.step, step.kind, step.about, step.source, one.seen, one.removed, one.rules)
        for step, one in zip(recipe.steps, found, strict=True)
    )


def sources(lake: Lake, published: Sequence[Published], rows: Mapping[str | None, Size]) -> tuple[Source, ...]:
    """The publication's crawls, the largest first, with the files that their documents come from."""
    inputs = lake.read("ops/inputs").where(F.col("status").isin("done", "damaged"))
    of_crawl = F.explode(F.array_distinct(F.concat(F.array("crawl"), F.coalesce("crawls", F.array()))))
    paths = inputs.select(of_crawl.alias("name"), "path", "bytes").groupBy("name", "path")
    counted = (
        paths.agg(F.max("bytes").alias("bytes"))
        .groupBy("name")
        .agg(
            F.count("*").alias("files"),
            F.sum("bytes").alias("bytes"),
            F.min(F.col("path").startswith(COMMON_CRAWL)).alias("common_crawl"),
        )
        .where(F.col("name").isin([each.crawl for each in published]))
        .collect()
    )
    by_name = {row["name"]: row[1:] for row in counted}
    found = []
    for each in published:
        files, size, common_crawl = by_name.get(each.crawl) or (0, 0, False)
        kept = rows[each.crawl].documents if each.crawl in rows else 0
        found.append(Source(each.crawl, files, size or 0, common_crawl, each.documents, kept))
    return tuple(sorted(found, key=lambda source: (-source.rows, source.crawl)))


def columns(corpus: DataFrame, recipe: Recipe) -> tuple[ColumnInfo, ...]:
    """The corpus's columns, with the descriptions of the recipe's table."""
    about = {column.name: column.about for column in recipe.corpus().columns}
    return tuple(ColumnInfo(name, type_, about.get(name, "")) for name, type_ in corpus.dtypes)
