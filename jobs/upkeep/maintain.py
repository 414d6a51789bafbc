"""The maintain job: few, well-sized, clustered files, and no files that no recent version needs."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.lake.commits.corpora import record
from decantry.jobs.lake.commits.schema import require_fits
from decantry.jobs.lake.staging import sweep
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.spark import F
from decantry.jobs.upkeep.forget import forget_again
from decantry.jobs.upkeep.tables import FLOOR_DAYS, tables_of
from decantry.jobs.upkeep.unseen import OF_RUNS, remove_unseen
from decantry.schemas import publications
from decantry.schemas.table import literal

if TYPE_CHECKING:
    from delta.tables import DeltaTable

    from decantry.jobs.lake.lake import Lake
    from decantry.schemas.table import Table

SMALL_FILE = 64 << 20
"""A file with fewer bytes is small. A partition with two small files is compacted."""


@dataclass(frozen=True)
class Maintained:
    """A table's number of files before and after. `compacted` counts the partitions that were rewritten."""

    table: str
    files_before: int
    files_after: int
    compacted: int


def maintain(lake: Lake, days: int = FLOOR_DAYS, tell: Callable[[str], None] = lambda line: None) -> list[Maintained]:
    """Remove rows that no publication of the last `days` shows, compact and cluster every table, remove old files.

    Also removes staged tables of dead runs, and forgotten pages that a run wrote after the request. Anything younger
    than `days` stays, so running jobs lose nothing. Raises UserError if `days` is below the floor, or if a table whose
    rows it may write has unknown columns. Tables that it only compacts may have any columns.
    """
    if days < FLOOR_DAYS:
        raise UserError(f"--keep-days is {days}: readers and rollbacks need old files for at least {FLOOR_DAYS} days")
    tables = tables_of(lake)
    require_fits(lake, [each for each in tables if each.name in (*OF_RUNS, publications.TABLE.name)])
    remove_unseen(lake, record(lake), days, tell)
    forget_again(lake, tell)
    done = [_compact(lake, table, tell) for table in tables]
    for each in done:
        tell(f"removing old files of {each.table}")
        lake.change(each.table, lambda table: table.vacuum(days * 24.0))
    sweep(lake, days)
    return done


def _compact(lake: Lake, table: Table, tell: Callable[[str], None]) -> Maintained:
    """Compact the small files of each partition, clustered by the table's clustering columns, if any."""
    before, crowded = _files(lake, table)
    if crowded:
        tell(f"compacting {table.name}: {len(crowded)} of its partitions have small files")
        where = " OR ".join(f"({predicate})" for predicate in crowded)

        def optimize(delta: DeltaTable) -> None:
            builder = delta.optimize().where(where) if any(crowded) else delta.optimize()
            if table.cluster_by:
                builder.executeZOrderBy(*table.cluster_by)
            else:
                builder.executeCompaction()

        lake.change(table.name, optimize)
    return Maintained(table.name, before, _files(lake, table)[0] if crowded else before, len(crowded))


def _files(lake: Lake, table: Table) -> tuple[int, list[str]]:
    """How many files the table has, and which partitions, as predicates, have two or more small files."""
    delta = lake.delta(table.name)
    names = delta.detail().select("partitionColumns").collect()[0][0]  # those of a corpus depend on its recipe
    partition = [F.col(name) for name in names]
    size, path = F.col("_metadata.file_size").alias("size"), F.col("_metadata.file_path").alias("path")
    files = delta.toDF().select(*partition, path, size).distinct()
    rows = files.groupBy(*partition).agg(F.count("*").alias("n"), F.count_if(F.col("size") < SMALL_FILE).alias("small"))
    found = rows.collect()
    crowded = [predicate(names, row.asDict()) for row in found if row["small"] > 1]
    return sum(row["n"] for row in found), sorted(crowded)


def predicate(names: Sequence[str], partition: Mapping[str, str | None]) -> str:
    """The partition as a predicate in SQL, "" for a table without partitions. A partition's value may be null."""
    values = ((f"`{name}`", partition[name]) for name in names)
    return " AND ".join(f"{name} IS NULL" if value is None else f"{name} = {literal(value)}" for name, value in values)
