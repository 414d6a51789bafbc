"""Percentile buckets of weighted values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.process.spark import F
from decantry.jobs.quantiles.running import running

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import DataFrame

    from decantry.jobs.quantiles.running import Stage


def bucketed(rows: DataFrame, group: Sequence[str], count: int, stage: Stage) -> DataFrame:
    """`group, value, bucket` for each distinct value of a group. `bucket` is an integer from 0 to `count` - 1.

    Rows have `value` (a double, not NaN) and `weight` (a bigint, 0 or more). Let w be the weight of all values up to
    and including a value, and total the weight of the group. The bucket of the value is the integer part of
    count * w / total, but at most count - 1. So equal values share a bucket, and the buckets have about equal weights.
    If the group has no weight, every bucket is 0.

    Source of the definition: NVIDIA-NeMo/Nemotron, nemotron-cc/step_3-quality_classification.py (weighted percentiles
    by the inverted distribution function, then `numpy.digitize`). It uses floating point shares of a sample.
    """
    values = rows.groupBy(*group, "value").agg(F.sum("weight").alias("weight"))
    summed = running(values, group, [F.col("value").asc()], stage)
    bucket = F.expr(f"CAST(before + weight AS DECIMAL(20,0)) * {count} DIV greatest(total, 1L)")
    bucket = F.when(F.col("total") > 0, F.least(bucket, F.lit(count - 1))).otherwise(F.lit(0))
    return summed.select(*group, "value", bucket.cast("int").alias("bucket"))
