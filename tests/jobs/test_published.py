"""Which publication readers see."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.few_rows import few_rows
from decantry.jobs.lake import Lake
from decantry.jobs.published import current
from decantry.schemas import publications

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def test_the_newest_publication_is_the_last_commit_whatever_clocks_say(spark: SparkSession, tmp_path: Path) -> None:
    lake = Lake(spark, str(tmp_path), "run")
    later, earlier = (datetime(2026, 1, day, tzinfo=timezone.utc) for day in (2, 1))
    rows = [
        ("logs", "C", "old", "d", 5, 1, 1, 7, 3, None, "first", later),
        ("logs", "C", "new", "d", 5, 1, 1, 8, 4, None, "second, by a clock that is behind", earlier),
    ]
    lake.append("ops/publications", few_rows(spark, publications.TABLE, rows))
    assert [row["recipe_hash"] for row in current(lake)] == ["new"]
