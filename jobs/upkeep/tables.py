"""The tables that upkeep works on, and how long it keeps their old files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.lake.commits.schema import existing_corpus
from decantry.jobs.lake.live import RETENTION
from decantry.schemas.catalogue import TABLES

if TYPE_CHECKING:
    from decantry.jobs.lake.lake import Lake
    from decantry.schemas.table import Table

FLOOR_DAYS = RETENTION.days
"""`maintain` keeps old files for at least this many days."""


def tables_of(lake: Lake) -> list[Table]:
    """The existing tables: those of every lake, and the corpora, published or not."""
    corpora = [existing_corpus(lake, name) for name in lake.names("gold")]
    return [table for table in (*TABLES.values(), *corpora) if lake.exists(table.name)]
