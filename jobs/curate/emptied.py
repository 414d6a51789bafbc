"""Published crawls that have no documents any more, and whose publication must say so, or others' with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.curate.documents import NONE, CrawlDocuments
from decantry.jobs.curate.standing import is_wide
from decantry.jobs.lake.published import verdicts_of
from decantry.schemas.documents import GIVEN

if TYPE_CHECKING:
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.live import Published
    from decantry.jobs.recipe.model import Recipe


def emptied(
    lake: Lake,
    recipe: Recipe,
    crawls: Sequence[str],
    found: Sequence[CrawlDocuments],
    publications: Mapping[str, Published],
    *,
    rebuild: bool,
) -> list[CrawlDocuments]:
    """The recipe's published crawls, `found` aside, that `forget` or another crawl has left without documents.

    Where `forget` has, others may have lost duplicates to theirs. Where the files of one of `crawls` were read again
    under another crawl's name, their documents are published there. Texts that were removed by hand, to save room, are
    not among them: the manifest still has their files, and their publication counts them.
    """
    there = {crawl.crawl for crawl in found}
    gone = {crawl: row for crawl, row in publications.items() if crawl not in there}
    forgotten = [
        crawl for crawl, row in gone.items() if row.documents == 0 and (is_wide(recipe) or rebuild or crawl in crawls)
    ]
    asked = [crawl for crawl, row in gone.items() if row.documents and crawl in crawls]
    return [
        CrawlDocuments(crawl, 0, NONE) for crawl in sorted([*forgotten, *_renamed(lake, recipe, asked, publications)])
    ]


def _renamed(lake: Lake, recipe: Recipe, crawls: Sequence[str], publications: Mapping[str, Published]) -> list[str]:
    """Those of the published crawls of which no file is left in the manifest, and whose documents others have, all."""
    if not crawls:
        return []
    extractor = f"{recipe.text.extractor}-"
    lines = lake.read("ops/inputs").where(F.col("extractor").startswith(extractor))
    named = {row["crawl"] for row in lines.select("crawl").distinct().collect()}
    nameless = [crawl for crawl in crawls if crawl not in named]
    if not nameless:
        return []
    of_recipe = F.col("extractor").startswith(extractor) | F.col("extractor").isin(*GIVEN)
    now = lake.read("silver/documents").where(of_recipe).select("id", F.col("crawl").alias("_now"))
    mine = verdicts_of(lake, [publications[crawl] for crawl in nameless])
    elsewhere = F.coalesce(F.col("_now") != F.col("crawl"), F.lit(False))
    moved = mine.select("crawl", "id").join(now, "id", "left").groupBy("crawl").agg(F.every(elsewhere))
    return [crawl for crawl, every in moved.collect() if every]
