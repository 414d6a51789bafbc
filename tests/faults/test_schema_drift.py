"""Row 23 of docs/reliability.md: tables whose columns are not those that this version writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pyspark.sql import functions as F

from decantry.jobs.errors import InfrastructureError, UserError
from decantry.jobs.lake import Lake
from decantry.schemas.catalogue import TABLES
from decantry.schemas.table import Column, Table
from tests.faults.ferries import ferries, read

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

__all__ = ["ferries"]


@contextmanager
def as_if(table: Table) -> Iterator[None]:
    """The version that writes this table."""
    before = TABLES[table.name]
    TABLES[table.name] = table
    try:
        yield
    finally:
        TABLES[table.name] = before


def test_an_added_column_comes_by_itself_and_no_other_change_does(
    spark: SparkSession, tmp_path: Path, ferries: Path
) -> None:
    now = TABLES["ops/inputs"]
    older = replace(now, columns=tuple(column for column in now.columns if column.name != "batch"))
    lake = Lake(spark, str(tmp_path), "run")
    one, both = ferries / "a.warc.gz", ferries
    with as_if(older):
        read(lake, one)
    assert "batch" not in lake.delta("ops/inputs").toDF().columns
    read(lake, both)
    found = {Path(row["path"]).name: row["batch"] for row in lake.read("ops/inputs").collect()}
    assert found == {"a.warc.gz": None, "b.warc.gz": 1}

    (tmp_path / "more").mkdir()
    (tmp_path / "more" / "c.warc.gz").write_bytes(one.read_bytes())
    before = {name: lake.version(name) for name in ("silver/documents", "silver/rejects", "ops/inputs")}
    bytes_as_text = tuple(replace(c, type="string") if c.name == "bytes" else c for c in now.columns)
    renamed = tuple(replace(c, name="size") if c.name == "bytes" else c for c in now.columns)
    for columns, line in (
        (bytes_as_text, "ops/inputs in .* has the column bytes as bigint, not string; nothing was written"),
        (renamed, "ops/inputs in .* has a column bytes, which is not known here; nothing was written"),
    ):
        with as_if(replace(now, columns=columns)), pytest.raises(UserError, match=line):
            read(lake, tmp_path / "more")
    assert {name: lake.version(name) for name in before} == before


def test_a_null_where_none_may_be_commits_nothing(spark: SparkSession, tmp_path: Path) -> None:
    lake = Lake(spark, str(tmp_path), "run")
    table = Table("silver/pets", "Pets.", (Column("id", "string", "An id.", nullable=False),), ("id",))
    ids = spark.range(3).select(F.when(F.col("id") < 2, F.col("id").cast("string")).alias("id"))
    lake.append(table.name, ids.where("id IS NOT NULL"), table)
    line = r"^silver/pets: the column id is null in a row; nothing was committed$"
    with pytest.raises(InfrastructureError, match=line):
        lake.append(table.name, ids, table)
    assert (lake.version(table.name), spark.read.format("delta").load(lake.path(table.name)).count()) == (0, 2)
