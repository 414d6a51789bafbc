"""Published rows put back where a run that nobody sees has changed the newest ones: it died, or was rolled back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.lake import Lake, literal
from decantry.schemas import cuts, verdicts
from decantry.schemas.table import Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, Row


def bring_back(lake: Lake, corpus: Table, publications: Sequence[Row]) -> None:
    """Make the newest rows of the corpus, silver/verdicts and silver/cuts those that a recipe's `publications` name.

    Rows that are these already stay. The tables are there, and the lake is claimed.
    """
    _in_table(lake, corpus, "dump", {row["crawl"]: row["corpus_version"] for row in publications})
    for recipe, recipe_hash in sorted({(row["recipe"], row["recipe_hash"]) for row in publications}):
        mine = f"recipe = {literal(recipe)} AND recipe_hash = {literal(recipe_hash)}"
        alike = [row for row in publications if row["recipe_hash"] == recipe_hash]
        _in_table(lake, verdicts.TABLE, "crawl", {row["crawl"]: row["verdicts_version"] for row in alike}, mine)
        cut = {row["crawl"]: row["cuts_version"] for row in alike if row["cuts_version"] is not None}
        _in_table(lake, cuts.TABLE, "crawl", cut, mine)


def _in_table(lake: Lake, table: Table, column: str, published: Mapping[str, int], mine: str = "true") -> None:
    """The same for one table: the crawls by the partition `column`, each at its version, where `mine` holds."""
    newest = lake.version(table.name)
    at: dict[int, list[str]] = defaultdict(list)
    for crawl, version in published.items():
        if version != newest:
            at[version].append(crawl)
    for version, crawls in sorted(at.items()):
        here = F.expr(mine) & F.col(column).isin(crawls)
        now = _files(lake.read(table.name).where(here), column)
        then = _files(lake.read_version(table.name, version).where(here), column)
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
    if _digest(published) != _digest(lake.read(table.name).where(predicate)):
        missing = [name for name in table.column_names if name not in published.columns]
        published = published.withColumns({name: F.lit(None) for name in missing}) if missing else published
        lake.replace(table.name, published, predicate, table)


def _digest(rows: DataFrame) -> tuple[object, ...]:
    """The same for the same rows, whatever their order and files."""
    value = F.xxhash64(F.to_json(F.struct(*(F.col(f"`{name}`") for name in sorted(rows.columns)))))
    found = rows.select(value.alias("v")).agg(F.count("*"), F.bit_xor("v"), F.sum(F.pmod("v", F.lit(2**31)))).first()
    return tuple(found or ())
