"""One core and two, files in another order: the same rows of every table, from real archives to the corpus."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from deltalake import DeltaTable
from pyspark.sql import SparkSession

from decantry.jobs.curate.job import curate
from decantry.jobs.ingest import IngestOptions, ingest
from decantry.jobs.lake import Lake
from decantry.jobs.recipe.load import load
from tests.bench.archives import reissue

TABLES = ("silver/documents", "silver/rejects", "silver/verdicts", "gold/fineweb")
OF_THE_RUN = {"run_id", "published_at"}


def test_one_core_and_two_make_the_same_rows(spark: SparkSession, shared_data: Path, tmp_path: Path) -> None:
    archives = [str(path) for path in reissue(sorted((shared_data / "warc").glob("web-*")), tmp_path, 1, pages=50)[0]]
    lake = Lake(spark, str(tmp_path / "two"), "run")
    assert ingest(lake, archives, IngestOptions()).documents == 200
    curate(lake, load("fineweb"))

    inputs = [word for path in reversed(archives) for word in ("--input", path)]
    command = [sys.executable, "-m", "decantry.jobs.main", "run", "fineweb", *inputs, "--lake", str(tmp_path / "one")]
    one_core = {**os.environ, "DECANTRY_MASTER": "local[1]"}
    done = subprocess.run(command, env=one_core, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for table in TABLES:
        assert rows(tmp_path / "one" / table) == rows(tmp_path / "two" / table), table
    assert len(rows(tmp_path / "one" / "gold/fineweb")) > 20


def rows(table: Path) -> list[str]:
    content: list[dict[str, Any]] = DeltaTable(str(table)).to_pyarrow_table().to_pylist()
    return sorted(str({name: value for name, value in row.items() if name not in OF_THE_RUN}) for row in content)
