"""The marginal rate of the native measurements over texts in memory, on one core."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_MEASURES = (
    "xxhash64(gopher_repetition(text))",
    "xxhash64(gopher_quality(text, 'en'))",
    "xxhash64(c4_lines(text))",
    "xxhash64(fineweb_quality(text))",
)
_SMALL, _LARGE = 2, 12


def rate(spark: SparkSession, texts: Path) -> float:
    """Texts a second and core for the four measurements that correspond to the peer's filters."""
    one = spark.read.json(str(texts)).select("text").coalesce(1)
    seconds = {}
    for copies in (_SMALL, _SMALL, _LARGE):
        frame = one.select(F.explode(F.array_repeat("text", copies)).alias("text")).cache()
        documents = frame.count()
        seconds[copies] = (documents, _spent(frame))
        frame.unpersist()
    (few, quick), (many, slow) = seconds[_SMALL], seconds[_LARGE]
    return (many - few) / (slow - quick)


def _spent(frame: DataFrame) -> float:
    """The seconds to evaluate all measurements of all rows in one task."""
    began = time.perf_counter()
    frame.select(*(F.expr(measure) for measure in _MEASURES)).write.format("noop").mode("overwrite").save()
    return time.perf_counter() - began
