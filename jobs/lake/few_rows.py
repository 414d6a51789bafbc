"""A frame of a few rows from the driver, built in the JVM, so that no Python worker starts for it."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

    from decantry.schemas.table import Table


def few_rows(spark: SparkSession, table: Table, rows: Sequence[Sequence[Any]]) -> DataFrame:
    """A frame of the rows in one partition. Their values are in the order of the table's columns."""
    if not rows:
        none = [F.lit(None).cast(column.type).alias(column.name) for column in table.columns]
        return spark.range(0).select(*none)
    fields = ", ".join(f"`{column.name}`: {column.type}" for column in table.columns)
    values = json.dumps([dict(zip(table.column_names, map(_plain, row), strict=True)) for row in rows])
    array = F.from_json(F.lit(values), f"array<struct<{fields}>>", {"mode": "FAILFAST"})
    return spark.range(1).select(F.inline(array)).coalesce(1)


def _plain(value: Any) -> Any:
    """The value as JSON that Spark parses."""
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value
