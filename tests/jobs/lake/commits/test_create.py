"""If two writers create a table at the same time, it exists for both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from delta.exceptions import ProtocolChangedException

from decantry.jobs.lake.lake import Lake
from decantry.schemas.scores import TABLE

if TYPE_CHECKING:
    from pathlib import Path

    from pyspark.sql import DataFrame, SparkSession

    from decantry.schemas.table import Table


class Second:
    """A session that loses the race: when its statement runs, another writer has just committed, or has failed."""

    def __init__(self, spark: SparkSession, *, is_there: bool) -> None:
        self.conf, self._spark, self._is_there = spark.conf, spark, is_there

    def sql(self, statement: str) -> None:
        if self._is_there:
            self._spark.sql(statement)
        raise ProtocolChangedException("another writer committed version 0 first")


def test_the_second_writer_finds_the_table(spark: SparkSession, tmp_path: Path) -> None:
    second: Any = Second(spark, is_there=True)
    lake = Lake(second, str(tmp_path / "lake"), "run")
    lake.create(TABLE)
    assert lake.exists(TABLE.name)
    alone: Any = Second(spark, is_there=False)
    with pytest.raises(ProtocolChangedException):
        Lake(alone, str(tmp_path / "other"), "run").create(TABLE)


ROW = (
    "crawl string, id string, text_hash string, model_sha256 string, label string, score double, run_id string, "
    "scorer_version int"
)


def test_replace_replaces_the_rows_of_a_writer_that_created_the_table_first(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (Lake(spark, str(tmp_path / "lake"), run_id) for run_id in ("first", "second"))
    create = Lake.create

    def create_late(lake: Lake, table: Table) -> None:
        if lake is second:
            first.append(TABLE.name, row("first"))
        create(lake, table)

    def row(run_id: str) -> DataFrame:
        return spark.createDataFrame([("c", "a", "t", "m", "score", 1.0, run_id, 1)], ROW)

    monkeypatch.setattr(Lake, "create", create_late)
    second.replace(TABLE.name, row("second"), "crawl = 'c'")
    assert [row["run_id"] for row in second.read(TABLE.name).collect()] == ["second"]
