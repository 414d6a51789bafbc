"""A running sum over rows in order, exact however many rows a group has."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyspark.sql import Column, DataFrame

    Stage = Callable[[str, DataFrame], DataFrame]
    """Writes a frame down under a name, and returns it as it was written."""


def running(rows: DataFrame, group: Sequence[str], order: Sequence[Column], stage: Stage) -> DataFrame:
    """The rows with `before`, the sum of `weight` (a bigint) over the rows of the same group that come before it in
    `order`, and `total`, that over all rows of the group.

    The order must be total within a group, and no column of it or of the group null. Rows are split into ranges of the
    order and sorted there. A range's sum in a group is what later ranges begin with. So no task sorts more than one
    range, the rows that are compared as a whole are one a range and group, and nothing comes to the driver but a
    sample of Spark's that finds the ranges. How they are cut makes no difference to the sums.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    ranges = rows.repartitionByRange(*(F.col(name) for name in group), *order)
    placed = stage("ranges", ranges.withColumn("_range", F.spark_partition_id()))
    here = [*group, "_range"]
    sums = placed.groupBy(*here).agg(F.sum("weight").alias("_sum"))
    whole = Window.partitionBy(*group)
    starts = sums.select(
        *here,
        _before(F.col("_sum"), whole.orderBy("_range")).alias("_start"),
        F.sum("_sum").over(whole).alias("total"),
    )
    within = _before(F.col("weight"), Window.partitionBy(*here).orderBy(*order))
    return placed.join(starts, here).withColumn("before", F.col("_start") + within).drop("_range", "_start")


def _before(column: Column, window: object) -> Column:
    """The sum of the column over the rows of the window that come before this one; 0 for the first."""
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    earlier = window.rowsBetween(Window.unboundedPreceding, -1)  # type: ignore[attr-defined]
    return F.coalesce(F.sum(column).over(earlier), F.lit(0))
