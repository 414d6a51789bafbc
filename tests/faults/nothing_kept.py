"""Runs upkeep as if the retention of old files were over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.upkeep import maintain as maintaining

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@contextmanager
def nothing_kept(spark: SparkSession) -> Iterator[None]:
    """Let `maintain` remove all files that the newest versions do not need."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(maintaining, "FLOOR_DAYS", 0)
        spark.conf.set("spark.databricks.delta.retentionDurationCheck.enabled", "false")
        try:
            yield
        finally:
            spark.conf.unset("spark.databricks.delta.retentionDurationCheck.enabled")
