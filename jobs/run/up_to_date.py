"""Whether a run has nothing to do, according to the manifest and the publications, without Spark."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from decantry.jobs.curate.report import CurateReport
from decantry.jobs.ingest import dropped
from decantry.jobs.ingest.job import Work, found_done
from decantry.jobs.ingest.manifest import crawls_of, lines_of, query
from decantry.jobs.ingest.options import IngestOptions, IngestReport, ReadingOptions, resolve
from decantry.jobs.lake.address import canonical, is_catalog
from decantry.jobs.lake.commits.corpora import recorded_without_spark
from decantry.jobs.lake.live import live
from decantry.jobs.lake.without_spark import rows_of, version_of
from decantry.jobs.process.errors import DecantryError
from decantry.jobs.recipe.hash import recipe_hash

if TYPE_CHECKING:
    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.sources.source import Source


def up_to_date(
    lake: str, recipe: Recipe, sources: Sequence[Source], options: IngestOptions
) -> tuple[IngestReport, CurateReport] | None:
    """The reports of a run for which all sources are read, and their crawls published from the current documents.

    None if there is work to do, or if only Spark can find out. Raises UserError for invalid options.
    """
    begin = time.monotonic()
    reading = resolve(options)
    if is_catalog(canonical(lake)):
        return None
    try:
        work = Work.of(sources, reading, lines_of(rows_of(lake, "ops/inputs", *query(reading, sources))))
        if work.todo or work.missing or _dropped(lake, sources, reading):
            return None
        report = IngestReport(archives=len(sources), crawls=sorted(crawls_of(work.done)))
        found_done(report, work.done)
        version = version_of(lake, "silver/documents")
        published = {each.crawl: each for each in live(recorded_without_spark(lake), recipe.recipe)}
    except DecantryError:
        return None  # the run itself finds this error and reports it
    rows = [published.get(crawl) for crawl in report.crawls]
    mine = recipe_hash(recipe)
    if not rows or version is None or report.left or not report.usable:
        return None
    if not all(row and row.recipe_hash == mine and row.documents_version == version for row in rows):
        return None
    seconds = time.monotonic() - begin
    return replace(report, seconds=seconds), CurateReport(recipe, mine, (), tuple(report.crawls), seconds)


def _dropped(lake: str, sources: Sequence[Source], reading: ReadingOptions) -> bool:
    """Whether the sources' tables no longer have some of the files that were read."""
    if not any(source.table for source in sources):
        return False
    rows = rows_of(lake, "ops/inputs", dropped.query(reading), ["path"])
    return bool(dropped.dropped(sources, [row["path"] for row in rows]))
