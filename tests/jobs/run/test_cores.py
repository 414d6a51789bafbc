"""Every table has the same rows for any number of cores, parts and partitions, and for any order of files."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from deltalake import DeltaTable
from pyspark.sql import SparkSession

from decantry.jobs.curate.job import curate
from decantry.jobs.ingest import plan as planning
from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions
from decantry.jobs.lake.lake import Lake
from decantry.jobs.recipe.load import load
from tests.bench.archives import reissue
from tests.cold import Cold

TABLES = ("silver/documents", "silver/rejects", "silver/verdicts", "gold/fineweb")
OF_THE_RUN = {"run_id", "published_at"}


@pytest.mark.slow  # it starts another Spark
def test_one_core_and_two_make_the_same_rows(
    spark: SparkSession, cold: Cold, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two cores in a separate process. In this process, all archives in small parts, the last one first, on five
    partitions."""
    monkeypatch.setattr(planning, "SMALLEST_PART", 4000)
    lake = Lake(spark, str(tmp_path), "run")
    before = spark.conf.get("spark.sql.shuffle.partitions")
    spark.conf.set("spark.sql.shuffle.partitions", "5")
    try:
        assert ingest(lake, cold.archives[::-1], IngestOptions(batch_archives=1)).documents == 73
        curate(lake, load("fineweb"))
    finally:
        spark.conf.set("spark.sql.shuffle.partitions", before or "1")
    same_rows(cold.lake, tmp_path)
    assert len(rows(tmp_path / "gold/fineweb")) == 30


@pytest.mark.slow  # real pages, and it starts another Spark
def test_one_core_and_two_make_the_same_rows_of_real_pages(
    spark: SparkSession, shared_data: Path, tmp_path: Path
) -> None:
    archives = [str(path) for path in reissue(sorted((shared_data / "warc").glob("web-*")), tmp_path, 1, pages=50)[0]]
    lake = Lake(spark, str(tmp_path / "two"), "run")
    assert ingest(lake, archives, IngestOptions()).documents == 200
    curate(lake, load("fineweb"))

    inputs = [word for path in reversed(archives) for word in ("--input", path)]
    command = [sys.executable, "-m", "decantry.jobs.main", "run", "fineweb", *inputs, "--lake", str(tmp_path / "one")]
    one_core = {**os.environ, "DECANTRY_MASTER": "local[1]"}
    done = subprocess.run(command, env=one_core, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    same_rows(tmp_path / "one", tmp_path / "two")
    assert len(rows(tmp_path / "one" / "gold/fineweb")) > 20


def same_rows(one: Path, other: Path) -> None:
    for table in TABLES:
        assert rows(one / table) == rows(other / table), table


def rows(table: Path) -> list[str]:
    content: list[dict[str, Any]] = DeltaTable(str(table)).to_pyarrow_table().to_pylist()
    return sorted(str({name: value for name, value in row.items() if name not in OF_THE_RUN}) for row in content)
