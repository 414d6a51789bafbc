"""Files that a Delta table had when they were read, and has no more: their documents go, as its rows have gone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from decantry.jobs.ingest.manifest import Outcome
from decantry.jobs.sources.source import Source
from decantry.jobs.sources.tables import DELTA, Tables
from decantry.udfs.archive.paths import canonical_path

if TYPE_CHECKING:
    from decantry.jobs.ingest.options import ReadingOptions


def query(reading: ReadingOptions) -> str:
    """Which rows of ops/inputs are of files whose documents a reading of this kind replaces."""
    return f"extractor = '{reading.extractor_name}' AND status IN ('done', 'damaged')"


def dropped(sources: Sequence[Source], paths: Iterable[str]) -> list[str]:
    """Those of the paths that lie in the folder of a source's table and are no file of its newest version, sorted.

    Raises UserError for a table that can no longer be read rightly.
    """
    tables, found = Tables(), set[str]()
    read = {source.path for source in sources}
    for table in sorted({source.table for source in sources if source.table}):
        folder = canonical_path(table + "_")[:-1]
        live = {canonical_path(name) for name in tables.live(table, DELTA).files}
        inside = {path for path in paths if path.startswith(folder) and path.endswith(".parquet")}
        found |= inside - live - read
    return sorted(found)


def emptied(path: str, crawl: str) -> Outcome:
    """The outcome of such a file: it holds nothing."""
    return Outcome(Source(path, path), crawl, "empty", error="its Delta table no longer has this file")
