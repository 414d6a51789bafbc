"""The rows with the highest values, up to a share of the weight."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from decantry.jobs.process.spark import F
from decantry.jobs.quantiles.running import running

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import DataFrame

    from decantry.jobs.quantiles.running import Stage

ACCURACY = 10_000
"""The accuracy of Spark's `percentile_approx`: its rank is wrong by at most 1/10,000 of a group's rows."""
DIGITS = 12
"""The digits of a share after the decimal point."""


def top(rows: DataFrame, group: Sequence[str], share: float, stage: Stage) -> DataFrame:
    """The rows with `kept` and `share_before`, the share of the group's weight in earlier rows.

    Rows have `id` (unique), `value` (a double, not NaN) and `weight` (a bigint, 0 or more). They are ordered by value
    from the highest down, then by id. A row is kept if `share_before` is below `share`. So the row that crosses the
    share is kept. The comparison is exact, on integers. If the group has no weight, no row is kept and `share_before`
    is 1.
    """
    summed = running(rows, group, [F.col("value").desc(), F.col("id").asc()], stage)
    exact = F.lit(Decimal(str(share))).cast(f"decimal({DIGITS + 1},{DIGITS})")
    reached = F.ceil(F.col("total").cast("decimal(20,0)") * exact)
    part = F.when(F.col("total") > 0, F.col("before") / F.col("total")).otherwise(F.lit(1.0))
    return summed.withColumn("kept", F.col("before") < reached).withColumn("share_before", part)


def roughly_top(rows: DataFrame, group: Sequence[str], share: float) -> DataFrame:
    """The rows with `kept` and a null `share_before`, by Spark's approximate percentile of the values in each group.

    Every row has the same weight. All rows with the last value are kept. That value may depend on how Spark splits the
    rows, within ACCURACY.
    """
    lowest = F.percentile_approx(-F.col("value"), share, ACCURACY).alias("_cut")
    cuts = rows.groupBy(*group).agg(lowest)
    kept = -F.col("value") <= F.col("_cut")
    nothing = F.lit(None).cast("double")
    return rows.join(cuts, [*group]).withColumn("kept", kept).withColumn("share_before", nothing).drop("_cut")
