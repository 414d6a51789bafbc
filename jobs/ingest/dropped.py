"""Files that were read as part of a Delta table and have left it since. Their documents are removed."""

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
    """The predicate of the rows of ops/inputs whose files' documents this reading would replace."""
    return f"extractor = '{reading.extractor_name}' AND status IN ('done', 'damaged')"


def dropped(sources: Sequence[Source], paths: Iterable[str]) -> list[str]:
    """The paths in the folders of the sources' Delta tables that the tables' newest versions do not contain, sorted.

    Raises UserError if the newest version of a table cannot be read correctly.
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
    """The outcome of a file that its table no longer has: empty."""
    return Outcome(Source(path, path), crawl, "empty", error="its Delta table no longer has this file")
