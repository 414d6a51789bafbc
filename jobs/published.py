"""What readers see: the rows that the current publications point at."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import reduce
from operator import itemgetter
from typing import Any, TypeVar

from pyspark.sql import DataFrame, Row
from pyspark.sql import functions as F

from decantry.jobs.few_rows import few_rows
from decantry.jobs.lake import Lake
from decantry.schemas import corpus, cuts, publications, verdicts
from decantry.schemas.table import Table

R = TypeVar("R", Row, dict[str, Any])
"""A row of ops/publications, as Spark or deltalake gives it."""


def current(lake: Lake, recipe: str | None = None) -> list[Row]:
    """The newest publication of each recipe and crawl (of one recipe, when named), sorted by both."""
    return newest(lake.rows(publications.TABLE.name), recipe)


def newest(rows: Iterable[R], recipe: str | None = None) -> list[R]:
    """Of rows of ops/publications, the newest of each recipe and crawl (of one recipe, when named), sorted by both.

    The newest names the newest versions: each publish writes its corpus and its verdicts anew, and clocks may differ.
    """
    found: dict[tuple[str, str], R] = {}
    for row in sorted(rows, key=_age):
        if recipe in (None, row["recipe"]):
            found[row["recipe"], row["crawl"]] = row
    return [found[key] for key in sorted(found)]


def _age(row: Row | Mapping[str, Any]) -> tuple[int, int, datetime]:
    named = (-1 if row[name] is None else row[name] for name in ("corpus_version", "verdicts_version"))
    return (*named, row["published_at"])


def published_corpus(lake: Lake, recipe: str) -> DataFrame | None:
    """The corpus of `recipe`, each crawl at the version that its publication names; None when none is published."""
    versions: dict[int, list[str]] = defaultdict(list)
    for row in current(lake, recipe):
        versions[row["corpus_version"]].append(row["crawl"])
    parts = [
        lake.read_version(corpus.table_name(recipe), version).where(F.col("dump").isin(*crawls))
        for version, crawls in sorted(versions.items())
    ]
    return reduce(lambda a, b: a.unionByName(b, allowMissingColumns=True), parts) if parts else None


def published_verdicts(lake: Lake) -> DataFrame:
    """The verdicts of the current publications of every recipe and crawl."""
    return _rows(lake, verdicts.TABLE, {row: row["verdicts_version"] for row in current(lake)})


def published_cuts(lake: Lake, recipe: str) -> DataFrame:
    """What the current publications of `recipe` say was cut; of those that earlier versions made, what is there now."""
    newest = lake.version(cuts.TABLE.name)
    if newest is None:
        return few_rows(lake.spark, cuts.TABLE, [])
    versions = {row: row["cuts_version"] for row in current(lake, recipe)}
    return _rows(lake, cuts.TABLE, {row: newest if at is None else at for row, at in versions.items()})


def _rows(lake: Lake, table: Table, at: Mapping[Row, int]) -> DataFrame:
    """The table's rows of each publication, at its version."""
    versions: dict[int, list[Row]] = defaultdict(list)
    for row, version in at.items():
        versions[version].append(row)
    parts = []
    for version, rows in sorted(versions.items(), key=itemgetter(0)):
        mine = reduce(
            lambda a, b: a | b,
            (
                (F.col("recipe") == row["recipe"])
                & (F.col("recipe_hash") == row["recipe_hash"])
                & (F.col("crawl") == row["crawl"])
                for row in rows
            ),
        )
        parts.append(lake.read_version(table.name, version).where(mine))
    if not parts:
        return few_rows(lake.spark, table, [])
    return reduce(lambda a, b: a.unionByName(b, allowMissingColumns=True), parts)
