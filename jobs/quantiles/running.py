"""An exact running sum over ordered rows, for groups of any size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.process.spark import F, Window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pyspark.sql import Column, DataFrame

    Stage = Callable[[str, DataFrame], DataFrame]
    """Writes a frame to a staging table with this name, and returns the table."""


def running(rows: DataFrame, group: Sequence[str], order: Sequence[Column], stage: Stage) -> DataFrame:
    """The rows with two sums of `weight` (a bigint): `before`, over earlier rows of the group, and `total`, over all.

    The order must be total within a group. Its columns and those of the group must not be null. The rows are split
    into ranges of the order, and each range is sorted by one task. The sums of earlier ranges are then added, with one
    row for each range and group. Only Spark's sample for finding the ranges comes to the driver. The sums do not depend
    on the ranges.
    """
    ranges = rows.repartitionByRange(*(F.col(name) for name in group), *order)
    placed = stage("ranges", ranges.withColumn("_range", F.spark_partition_id()))
    parts = [*group, "_range"]
    sums = placed.groupBy(*parts).agg(F.sum("weight").alias("_sum"))
    whole = Window.partitionBy(*group)
    starts = sums.select(
        *parts,
        _before(F.col("_sum"), whole.orderBy("_range")).alias("_start"),
        F.sum("_sum").over(whole).alias("total"),
    )
    within = _before(F.col("weight"), Window.partitionBy(*parts).orderBy(*order))
    return placed.join(starts, parts).withColumn("before", F.col("_start") + within).drop("_range", "_start")


def _before(column: Column, window: object) -> Column:
    """The sum of the column over the earlier rows of the window; 0 for the first row."""
    earlier = window.rowsBetween(Window.unboundedPreceding, -1)  # type: ignore[attr-defined]
    return F.coalesce(F.sum(column).over(earlier), F.lit(0))
