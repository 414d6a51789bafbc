"""A frame of a few rows keeps its values, for every type that a table uses."""

from __future__ import annotations

from datetime import datetime, timezone

from pyspark.sql import SparkSession

from decantry.jobs.lake.few_rows import few_rows
from decantry.schemas.table import Column, Table

TABLE = Table(
    "ops/things",
    "Things.",
    (
        Column("name", "string", "Its name.", nullable=False),
        Column("n", "bigint", "A number."),
        Column("share", "double", "A share."),
        Column("good", "boolean", "Whether."),
        Column("at", "timestamp", "When."),
        Column("raw", "binary", "Bytes."),
        Column("why", "map<string,bigint>", "Counts."),
        Column("of", "array<string>", "Names."),
    ),
    key=("name",),
)
NOON = datetime(2024, 2, 29, 12, 0, 0, 123456, tzinfo=timezone.utc)


def test_values_are_unchanged(spark: SparkSession) -> None:
    rows = [
        ('it\'s "odd" \\ é\n😀', 2**62, 0.1, True, NOON, b"\x00\xff", {"status_404": 3, "": 1}, ["a", "b"]),
        ("nulls", None, None, None, None, None, None, None),
    ]
    frame = few_rows(spark, TABLE, rows)
    first, second = frame.collect()
    assert first["at"].astimezone(timezone.utc) == NOON
    assert (bytes(first["raw"]), first["n"], first["share"], first["good"]) == (b"\x00\xff", 2**62, 0.1, True)
    assert (first["name"], first["why"], first["of"]) == (rows[0][0], rows[0][6], rows[0][7])
    assert tuple(second) == rows[1]
    assert dict(frame.dtypes) == {column.name: column.type for column in TABLE.columns}


def test_no_rows_have_the_columns(spark: SparkSession) -> None:
    frame = few_rows(spark, TABLE, [])
    assert frame.count() == 0
    assert frame.columns == list(TABLE.column_names)
