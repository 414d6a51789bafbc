"""Keeps frames of an audit in a local folder, so that nothing is computed twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


@dataclass(frozen=True)
class Scratch:
    """A folder on this machine for frames. The caller creates and removes it."""

    spark: SparkSession
    folder: str

    def write(self, name: str, frame: DataFrame) -> DataFrame:
        """Write the frame to files with this name, and return a frame that reads them."""
        path = f"{self.folder}/{name}"
        frame.write.mode("overwrite").option("compression", "zstd").parquet(path)
        return self.spark.read.schema(frame.schema).parquet(path)
