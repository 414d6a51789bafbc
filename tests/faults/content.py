"""The content of a lake without authors and times. It is equal for a disturbed and an undisturbed run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from decantry.jobs.lake.commits.corpora import recorded_without_spark
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.live import Published, live
from decantry.jobs.lake.published import current, published_rows, published_verdicts
from decantry.jobs.lake.without_spark import rows_of, tables_of
from decantry.schemas.catalogue import TABLES

WRITTEN = {"run_id", "finished_at", "published_at", "documents_hash", "documents_version", "corpus_version"}
"""Columns with the author, the commit and the time of a row."""
OF_RUNS = {"silver/verdicts": "id", "silver/clusters": "member", "silver/cuts": "id", "silver/signals": "id"}
"""The tables whose rows count only if their run is published, and the column with the document's id."""

Rows = list[tuple[Any, ...]]


def content(spark: SparkSession, folder: object) -> dict[str, Rows]:
    """The rows of all data tables, and the published rows of corpora and verdicts."""
    lake = Lake(spark, str(folder), "look")
    apart = {"ops/checks", "ops/publications", *OF_RUNS}
    tables = {name: lake.read(name) for name in TABLES if lake.exists(name) and name not in apart}
    tables |= {name: published_rows(lake, name) for name in OF_RUNS if name != "silver/verdicts"}
    tables |= {"silver/verdicts": published_verdicts(lake)}
    published = current(lake)
    tables |= {f"gold/{each.recipe}": lake.read(f"gold/{each.recipe}") for each in published}
    found = {"ops/publications": _told(published)}
    for name, rows in tables.items():
        kept = [column for column in sorted(rows.columns) if column not in WRITTEN]
        plain = rows.select(*(F.to_json(F.struct(column)).alias(column) for column in kept))
        found[name] = sorted(tuple(row) for row in plain.collect())
    return found


def newest(folder: object) -> dict[str, list[str]]:
    """The published rows, and the rows of all other tables except the checks, read without Spark."""
    published = live(recorded_without_spark(str(folder)))
    rows = {name: rows_of(str(folder), name) for name, _, _ in tables_of(str(folder)) if name != "ops/checks"}
    order = {(each.recipe, each.crawl, run): at for each in published for at, run in enumerate(each.runs)}
    last: dict[tuple[str, str, str], int] = {}
    for row in rows.get("silver/verdicts", []):
        key = (row["recipe"], row["crawl"], row["id"])
        last[key] = max(last.get(key, -1), order.get((*key[:2], row["run_id"]), -1))
    for name, column in ((name, column) for name, column in OF_RUNS.items() if name in rows):
        rows[name] = [
            row
            for row in rows[name]
            if order.get((row["recipe"], row["crawl"], row["run_id"]), -2)
            == last.get((row["recipe"], row["crawl"], row[column]))
        ]
    found = {name: sorted(_plain(row) for row in mine) for name, mine in rows.items()}
    return found | {"ops/publications": [str(each) for each in _told(published)]}


def _told(published: Iterable[Published]) -> Rows:
    return [(each.recipe, each.crawl, each.recipe_hash, each.documents, each.kept) for each in published]


def _plain(row: dict[str, Any]) -> str:
    return str({column: value for column, value in sorted(row.items()) if column not in WRITTEN})
