"""Helpers of the benchmarks of deduplication: frames that are written to files, and fingerprints of texts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.dedup.order import RANK

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def staged_in(spark: SparkSession, folder: Path) -> Callable[[str, DataFrame], DataFrame]:
    """A function that writes frames into the folder and reads them back."""

    def stage(name: str, frame: DataFrame) -> DataFrame:
        path = str(folder / name)
        frame.write.mode("overwrite").parquet(path)
        return spark.read.schema(frame.schema).parquet(path)

    return stage


def fingerprinted(texts: DataFrame) -> DataFrame:
    """The columns from which clusters are found, for `id, text`, in one crawl and with FineWeb's setting."""
    place = {"crawl": F.lit("c"), "warc_path": F.lit("a"), "warc_offset": F.lit(0).cast("long"), "scope": F.lit("")}
    keys = F.call_function("minhash", F.col("text"), *map(F.lit, (5, 14, 8, 1)))
    made = place | {"rank": F.array().cast(RANK), "bands": keys}
    return texts.select("id", *(column.alias(name) for name, column in made.items()))
