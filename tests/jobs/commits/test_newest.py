"""A table's newest commits, as Delta itself tells them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.few_rows import few_rows
from decantry.jobs.lake import Lake
from decantry.schemas.catalogue import TABLES

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def test_versions_and_what_was_said_of_them_newest_first_and_past_a_checkpoint(
    spark: SparkSession, tmp_path: Path
) -> None:
    lake = Lake(spark, str(tmp_path), "run-ä")
    nothing = few_rows(spark, TABLES["ops/forgotten"], [])
    for _ in range(12):  # Delta writes a checkpoint after ten
        lake.append("ops/forgotten", nothing)
    lake.change("ops/forgotten", lambda table: table.delete("false"))
    rows = lake.delta("ops/forgotten").history(5).select("version", "userMetadata").collect()
    assert lake.newest_commits("ops/forgotten", 5) == [(row["version"], row["userMetadata"]) for row in rows]
    assert "run-" in lake.newest_commits("ops/forgotten", 1)[0][1]
    assert lake.version("ops/forgotten") == rows[0]["version"]
    assert lake.version("ops/checks") is None
