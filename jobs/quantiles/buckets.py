"""Percentile buckets: where each value stands among all of its column, by weight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.quantiles.running import running

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import DataFrame

    from decantry.jobs.quantiles.running import Stage


def bucketed(rows: DataFrame, group: Sequence[str], count: int, stage: Stage) -> DataFrame:
    """`group, value, bucket` for each distinct value of a group: a whole number from 0 to `count` - 1.

    Rows have `value` (a double that is no NaN) and `weight` (a bigint, 0 or more). The i-th cut of a group is its least
    value up to which, itself included, at least i / count of the weight lies, for i from 1 to count - 1. The bucket of
    a value is the number of cuts that are not above it. Equal values share a bucket. So a bucket is the whole part of
    count * w / total, at most count - 1, where w is the weight up to the value, itself included. In a group that weighs
    nothing every bucket is 0.

    Source of the definition: NVIDIA-NeMo/Nemotron, nemotron-cc/step_3-quality_classification.py (weighted percentiles
    by the inverted distribution function, then `numpy.digitize`), which takes floating point shares of a sample.
    """
    from pyspark.sql import functions as F

    values = rows.groupBy(*group, "value").agg(F.sum("weight").alias("weight"))
    summed = running(values, group, [F.col("value").asc()], stage)
    place = F.expr(f"CAST(before + weight AS DECIMAL(20,0)) * {count} DIV greatest(total, 1L)")
    bucket = F.when(F.col("total") > 0, F.least(place, F.lit(count - 1))).otherwise(F.lit(0))
    return summed.select(*group, "value", bucket.cast("int").alias("bucket"))
