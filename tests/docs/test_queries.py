"""The queries of docs/queries.md read only tables and columns that exist, and they run."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlglot import exp, parse_one
from sqlglot.errors import OptimizeError
from sqlglot.optimizer.qualify import qualify

from decantry.jobs.explore.fate_views import FUNNEL
from decantry.jobs.explore.sql import query, require_reading, views
from decantry.jobs.lake.lake import Lake
from decantry.schemas.catalogue import TABLES
from decantry.schemas.corpus import BASE
from tests.cold import Cold

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "queries.md").read_text(encoding="utf-8")
QUERIES = {
    int(number): sql for number, sql in re.findall(r"^(\d+)\. .*?\n\n```sql\n(.*?)```", PAGE, re.MULTILINE | re.DOTALL)
}
EMPTY = {4, 7, 8, 13, 16, 17, 27, 30}
"""Queries without a row for the demo, whose files are not damaged and whose run kept no measurements."""
_OF_PAGE = ("host", "domain", "language_script", "fetched_at", "warc_path", "warc_offset", "warc_length")
_REMOVED = ("crawl", "id", "removed_by", "step", "rule", "values", "cluster_id", "cluster_size", "url", "text")


def schema() -> dict[str, dict[str, str]]:
    tables = {name.split("/")[1]: {c.name: "string" for c in table.columns} for name, table in TABLES.items()}
    corpus = {column.name: "string" for column in BASE}
    page = dict.fromkeys(_OF_PAGE, "string")
    removed = dict.fromkeys((*_REMOVED, "language", "language_score"), "string")
    return tables | {
        "funnel": dict.fromkeys(FUNNEL.column_names, "string"),
        "fineweb": corpus,
        "kept_fineweb": corpus | page,
        "removed_fineweb": removed | page,
    }


def test_there_are_thirty_queries() -> None:
    assert [*QUERIES] == [*range(1, 31)]


@pytest.mark.parametrize("number", QUERIES)
def test_it_reads_tables_and_columns_that_exist(number: int) -> None:
    parsed = parse_one(require_reading(QUERIES[number]), dialect="databricks")
    tables = {table.name for table in parsed.find_all(exp.Table)}
    assert tables <= {*schema()}
    qualify(parsed, schema=schema(), dialect="databricks", quote_identifiers=False)


def test_a_column_that_is_not_there_is_found() -> None:
    with pytest.raises(OptimizeError):
        qualify(parse_one("select colour from documents", dialect="databricks"), schema=schema(), dialect="databricks")


@pytest.mark.slow
def test_each_runs_and_most_have_rows(spark: SparkSession, cold: Cold) -> None:
    lake = Lake(spark, str(cold.lake), run_id="queries")
    views(lake)
    counts = {number: len(query(lake, sql).collect()) for number, sql in QUERIES.items()}
    assert {number for number, count in counts.items() if not count} <= EMPTY
    funnel = spark.sql("select * from funnel order by place").collect()
    assert [row["seen"] for row in funnel] == [73, 70, 49, 47, 44, 41, 39, 30, 30]
    assert funnel[-3]["rules"] == {"duplicate": 9}
    corpus = spark.table("fineweb").columns
    assert spark.table("kept_fineweb").columns[: len(corpus)] == corpus
    assert {*spark.table("kept_fineweb").columns} == {*corpus, *_OF_PAGE}
    assert {*spark.table("removed_fineweb").columns} == {*_REMOVED, *_OF_PAGE, "language", "language_score"}
