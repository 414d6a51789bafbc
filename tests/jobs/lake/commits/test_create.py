"""If two writers create a table at the same time, it exists for both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from delta.exceptions import ProtocolChangedException

from decantry.jobs.lake.lake import Lake
from decantry.schemas.scores import TABLE

if TYPE_CHECKING:
    from pathlib import Path

    from pyspark.sql import SparkSession


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
