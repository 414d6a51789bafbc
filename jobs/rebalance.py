"""Rows brought together into files of a good size, those of a column's value side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


def rebalanced(frame: DataFrame, column: str) -> DataFrame:
    """The same rows, spread anew by `column` into partitions of Spark's advisory size (Spark's REBALANCE hint).

    By SQL, because `DataFrame.hint` takes a column's name from Spark 4 on only.
    """
    quoted = "`" + column.replace("`", "``") + "`"
    return frame.sparkSession.sql(f"SELECT /*+ REBALANCE({quoted}) */ * FROM {{rows}}", rows=frame)
