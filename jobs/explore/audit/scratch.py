"""Frames that an audit writes into a local folder, so that nothing is computed twice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


@dataclass(frozen=True)
class Scratch:
    """A folder of this machine for frames. Who makes it also removes it."""

    spark: SparkSession
    folder: str

    def write(self, name: str, frame: DataFrame) -> DataFrame:
        """Write the frame under the name, and return it read from the files."""
        path = f"{self.folder}/{name}"
        frame.write.mode("overwrite").option("compression", "zstd").parquet(path)
        return self.spark.read.schema(frame.schema).parquet(path)
