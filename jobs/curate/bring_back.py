"""Published rows put back where a run that nobody sees has changed the newest ones: it died, or was rolled back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.lake import Lake, literal
from decantry.schemas.table import Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def bring_back(lake: Lake, table: Table, column: str, published: Mapping[str, int], mine: str = "true") -> None:
    """Make the table's newest rows those of each crawl's published version; rows that are these already stay.

    `column` is the partition that has the crawl, `published` the version of each crawl, and `mine` a predicate on
    other partitions that its rows satisfy.
    """
    newest = lake.version(table.name)
    at: dict[int, list[str]] = defaultdict(list)
    for crawl, version in published.items():
        if version != newest:
            at[version].append(crawl)
    if not at:
        return
    now = _files(lake.read(table.name).where(mine), column)
    for version, crawls in sorted(at.items()):
        then = _files(lake.read_version(table.name, version).where(mine), column)
        for crawl in crawls:
            if then[crawl] != now[crawl]:
                _restore(lake, table, version, f"({mine}) AND {column} = {literal(crawl)}")


def _files(rows: DataFrame, column: str) -> dict[str, set[str]]:
    """The files of each partition: where they are the same, so are the rows."""
    found: dict[str, set[str]] = defaultdict(set)
    for crawl, path in rows.select(column, "_metadata.file_path").distinct().collect():
        found[crawl].add(path)
    return found


def _restore(lake: Lake, table: Table, version: int, predicate: str) -> None:
    """Write the rows of the version where the newest ones differ: compacted ones do not."""
    published = lake.read_version(table.name, version).where(predicate)
    if digest(published) != digest(lake.read(table.name).where(predicate)):
        missing = [name for name in table.column_names if name not in published.columns]
        published = published.withColumns({name: F.lit(None) for name in missing}) if missing else published
        lake.replace(table.name, published, predicate, table)


def digest(rows: DataFrame) -> tuple[object, ...]:
    """The same for the same rows, whatever their order and files."""
    value = F.xxhash64(F.to_json(F.struct(*(F.col(f"`{name}`") for name in sorted(rows.columns)))))
    found = rows.select(value.alias("v")).agg(F.count("*"), F.bit_xor("v"), F.sum(F.pmod("v", F.lit(2**31)))).first()
    return tuple(found or ())
