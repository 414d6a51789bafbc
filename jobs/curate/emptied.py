"""Published crawls that no longer have documents, and must be published as empty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from decantry.jobs.curate.documents import NONE, CrawlDocuments
from decantry.jobs.curate.incremental import compares_crawls
from decantry.jobs.lake.published import verdicts_of
from decantry.jobs.process.spark import F
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
    """The recipe's published crawls that have no documents any more; `found` are those that have.

    There are two reasons. `forget` has removed all documents of the crawl: other crawls may have lost duplicates to
    them. Or the files of the crawl were read again under the name of another crawl, which now has their documents.

    A crawl whose texts were removed by hand to save room does not count: its files are still in the manifest.
    """
    with_documents = {crawl.crawl for crawl in found}
    without = {crawl: row for crawl, row in publications.items() if crawl not in with_documents}
    every = rebuild or compares_crawls(recipe)
    forgotten = [crawl for crawl, row in without.items() if row.documents == 0 and (every or crawl in crawls)]
    candidates = [crawl for crawl, row in without.items() if row.documents and crawl in crawls]
    renamed = _renamed(lake, recipe, candidates, publications)
    return [CrawlDocuments(crawl, 0, NONE) for crawl in sorted([*forgotten, *renamed])]


def _renamed(lake: Lake, recipe: Recipe, crawls: Sequence[str], publications: Mapping[str, Published]) -> list[str]:
    """Those of `crawls` that have no file in the manifest, and whose documents are all in other crawls now."""
    if not crawls:
        return []
    extractor = f"{recipe.text.extractor}-"
    lines = lake.read("ops/inputs").where(F.col("extractor").startswith(extractor))
    named = {row["crawl"] for row in lines.select("crawl").distinct().collect()}
    unnamed = [crawl for crawl in crawls if crawl not in named]
    if not unnamed:
        return []
    of_recipe = F.col("extractor").startswith(extractor) | F.col("extractor").isin(*GIVEN)
    now = lake.read("silver/documents").where(of_recipe).select("id", F.col("crawl").alias("_now"))
    mine = verdicts_of(lake, [publications[crawl] for crawl in unnamed])
    elsewhere = F.coalesce(F.col("_now") != F.col("crawl"), F.lit(False))
    moved = mine.select("crawl", "id").join(now, "id", "left").groupBy("crawl").agg(F.every(elsewhere))
    return [crawl for crawl, every in moved.collect() if every]
