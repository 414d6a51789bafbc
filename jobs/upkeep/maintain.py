"""The maintain job: few, well-sized, clustered files, and no files that nothing needs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.commits import claimed
from decantry.jobs.commits.claims import EVERYTHING
from decantry.jobs.commits.schema import require_fits
from decantry.jobs.errors import UserError
from decantry.jobs.lake import Lake, literal
from decantry.jobs.upkeep.settle import corpus_table, point, settle
from decantry.schemas import publications
from decantry.schemas.catalogue import TABLES
from decantry.schemas.table import Table

if TYPE_CHECKING:
    from delta.tables import DeltaTable

FLOOR_DAYS = 7
"""Files that a table has given up are kept at least so long: readers of old versions, and rollbacks, need them."""
SMALL_FILE = 64 << 20
"""A file of fewer bytes is small; a partition with two of them is compacted."""


@dataclass(frozen=True)
class Maintained:
    """A table's files before and after; `compacted` counts the partitions that were rewritten."""

    table: str
    files_before: int
    files_after: int
    compacted: int


def maintain(lake: Lake, days: int = FLOOR_DAYS, tell: Callable[[str], None] = lambda line: None) -> list[Maintained]:
    """Compact and cluster every table, then remove the files that no version of the last `days` needs.

    Current publications are moved to the compacted versions first, so no vacuum takes what readers see. What dead
    runs have staged goes too. Raises UserError below the floor, and where a table that it may write rows of has other
    columns; those that it only compacts may have any. Raises InfrastructureError while another run writes.
    """
    if days < FLOOR_DAYS:
        raise UserError(f"--keep-days is {days}: readers and rollbacks need old files for at least {FLOOR_DAYS} days")
    with claimed(lake, [EVERYTHING]):
        tables = tables_of(lake)
        require_fits(lake, [table for table in tables if table.published or table.name == publications.TABLE.name])
        published = settle(lake)
        done = [_compact(lake, table, tell) for table in tables]
        point(lake, published)
        for each in done:
            tell(f"removing old files of {each.table}")
            lake.change(each.table, lambda table: table.vacuum(days * 24.0))
    return done


def tables_of(lake: Lake) -> list[Table]:
    """The tables that are there: those that every lake has, and the corpora, published or not."""
    corpora = [corpus_table(lake, name) for name in lake.names("gold")]
    return [table for table in (*TABLES.values(), *corpora) if lake.exists(table.name)]


def _compact(lake: Lake, table: Table, tell: Callable[[str], None]) -> Maintained:
    """Bring the small files of each partition together, clustered where the table says by what."""
    before, crowded = _files(lake, table)
    if crowded:
        tell(f"compacting {table.name}: {sum(1 for _ in crowded)} of its partitions have small files")
        where = " OR ".join(f"({predicate})" for predicate in crowded)

        def optimize(delta: DeltaTable) -> None:
            builder = delta.optimize().where(where) if table.partition_by else delta.optimize()
            if table.cluster_by:
                builder.executeZOrderBy(*table.cluster_by)
            else:
                builder.executeCompaction()

        lake.change(table.name, optimize)
    return Maintained(table.name, before, _files(lake, table)[0] if crowded else before, len(crowded))


def _files(lake: Lake, table: Table) -> tuple[int, list[str]]:
    """How many files the table has, and the partitions, as predicates, that have two small ones or more."""
    partition = [F.col(name) for name in table.partition_by]
    size, path = F.col("_metadata.file_size").alias("size"), F.col("_metadata.file_path").alias("path")
    files = lake.delta(table.name).toDF().select(*partition, path, size).distinct()
    rows = files.groupBy(*partition).agg(F.count("*").alias("n"), F.count_if(F.col("size") < SMALL_FILE).alias("small"))
    found = rows.collect()
    crowded = [
        " AND ".join(f"{name} = {literal(row[name])}" for name in table.partition_by)
        for row in found
        if row["small"] > 1
    ]
    return sum(row["n"] for row in found), sorted(crowded)
