"""What a lake holds, apart from who wrote it and when: equal for two lakes that no fault has set apart."""

from __future__ import annotations

from typing import Any

from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from decantry.jobs.lake import Lake
from decantry.jobs.light import rows_of, tables_of
from decantry.jobs.published import current, published_corpus, published_verdicts
from decantry.schemas.catalogue import TABLES

WRITTEN = {
    "run_id",
    "finished_at",
    "published_at",
    "batch",
    "documents_hash",
    "documents_version",
    "verdicts_version",
    "corpus_version",
    "cuts_version",
}
"""Columns that say who wrote a row, in which commit and when."""

Rows = list[tuple[Any, ...]]


def content(spark: SparkSession, folder: object) -> dict[str, Rows]:
    """The rows of the tables that data lies in, and of the corpora and verdicts as readers see them."""
    lake = Lake(spark, str(folder), "look")
    tables = {name: lake.read(name) for name in TABLES if lake.exists(name) and name != "ops/checks"}
    tables |= {"current verdicts": published_verdicts(lake)}
    for recipe in {row["recipe"] for row in current(lake)}:
        corpus = published_corpus(lake, recipe)
        assert corpus is not None
        tables[f"corpus {recipe}"] = corpus
    found = {}
    for name, rows in tables.items():
        kept = [column for column in sorted(rows.columns) if column not in WRITTEN]
        plain = rows.select(*(F.to_json(F.struct(column)).alias(column) for column in kept))
        found[name] = sorted(tuple(row) for row in plain.collect())
    return found


def newest(folder: object) -> dict[str, list[str]]:
    """The newest rows of all tables but the checks', without Spark: those of a lake whose last run has published."""
    tables = [name for name, _, _ in tables_of(str(folder)) if name != "ops/checks"]
    return {
        name: sorted(
            str({column: value for column, value in sorted(row.items()) if column not in WRITTEN})
            for row in rows_of(str(folder), name)
        )
        for name in tables
    }
