"""The rows with the highest values, up to a share of the whole."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from decantry.jobs.quantiles.running import running

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import DataFrame

    from decantry.jobs.quantiles.running import Stage

ACCURACY = 10_000
"""Of Spark's `percentile_approx`: the rank that it finds is wrong by at most 1/10,000 of the rows of a group."""
DIGITS = 12
"""Digits of a share after the point."""


def top(rows: DataFrame, group: Sequence[str], share: float, stage: Stage) -> DataFrame:
    """The rows with `kept` and `share_before`: the part of the group's weight that comes before the row.

    Rows have `id` (unique), `value` (a double that is no NaN) and `weight` (a bigint, 0 or more). The order is by value
    from the highest, then by id. A row is kept where less than `share` of the group's weight comes before it: so the
    row that crosses the share is kept, and what is kept weighs at least the share. The comparison is one of whole
    numbers. In a group that weighs nothing no row is kept, and `share_before` is 1.
    """
    from pyspark.sql import functions as F

    summed = running(rows, group, [F.col("value").desc(), F.col("id").asc()], stage)
    exact = F.lit(Decimal(str(share))).cast(f"decimal({DIGITS + 1},{DIGITS})")
    reached = F.ceil(F.col("total").cast("decimal(20,0)") * exact)
    part = F.when(F.col("total") > 0, F.col("before") / F.col("total")).otherwise(F.lit(1.0))
    return summed.withColumn("kept", F.col("before") < reached).withColumn("share_before", part)


def roughly_top(rows: DataFrame, group: Sequence[str], share: float) -> DataFrame:
    """The rows with `kept` and a null `share_before`, by Spark's approximate percentile of the values in each group.

    Rows are counted and not weighed. All rows that have the value at which the share is reached are kept. Which value
    that is may depend on how Spark splits the rows, as far as ACCURACY allows.
    """
    from pyspark.sql import functions as F

    lowest = F.percentile_approx(-F.col("value"), share, ACCURACY).alias("_cut")
    cuts = rows.groupBy(*group).agg(lowest)
    kept = -F.col("value") <= F.col("_cut")
    nothing = F.lit(None).cast("double")
    return rows.join(cuts, [*group]).withColumn("kept", kept).withColumn("share_before", nothing).drop("_cut")
