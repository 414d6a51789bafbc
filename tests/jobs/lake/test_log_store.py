"""Delta commits with our log store, unless another is named."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.lake.log_store import OURS, log_stores

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

FILE, S3A = "spark.delta.logStore.file.impl", "spark.delta.logStore.s3a.impl"
TELLS = f"""
import json
from decantry.jobs.lake.session import start
spark = start("lake", cores=1, brief=True)
spark.range(3).write.format("delta").save("table")
print(json.dumps([spark.conf.get("{FILE}", None), spark.conf.get("{S3A}", None)]))
"""


@pytest.mark.parametrize(
    ("given", "added"),
    [
        ({}, {FILE: OURS, S3A: OURS}),
        ({"spark.app.name": "x"}, {FILE: OURS, S3A: OURS}),
        ({S3A: "io.delta.storage.S3DynamoDBLogStore"}, {FILE: OURS}),
        ({"delta.logStore.file.impl": "io.delta.storage.LocalLogStore"}, {S3A: OURS}),
        ({"spark.delta.logStore.class": "io.delta.storage.LocalLogStore"}, {}),
        ({"delta.logStore.class": "io.delta.storage.LocalLogStore"}, {}),
    ],
)
def test_log_stores_of_the_user_stay(given: dict[str, str], added: dict[str, str]) -> None:
    assert log_stores(given) == added


def test_a_session_commits_with_ours(spark: SparkSession, tmp_path: Path) -> None:
    assert (spark.conf.get(FILE), spark.conf.get(S3A)) == (OURS, OURS)
    for _ in range(11):
        spark.range(1).write.format("delta").mode("append").save(str(tmp_path / "table"))
    log = tmp_path / "table" / "_delta_log"
    names = {path.name for path in log.iterdir()}
    assert {f"{version:020}.json" for version in range(11)} | {"_last_checkpoint"} <= names
    assert not [name for name in names if name.endswith((".json.crc", ".tmp")) or name == "._last_checkpoint.crc"]
    assert spark.read.format("delta").load(str(tmp_path / "table")).count() == 11


@pytest.mark.slow  # Sparks of their own
@pytest.mark.parametrize("name", ["PYSPARK_SUBMIT_ARGS", "SPARK_SUBMIT_OPTS", "spark-defaults.conf"])
def test_log_stores_that_the_user_names_are_not_replaced(tmp_path: Path, name: str) -> None:
    environment = dict(os.environ)
    theirs = "io.delta.storage.S3SingleDriverLogStore"
    if name == "PYSPARK_SUBMIT_ARGS":
        environment[name] = f"--conf {S3A}={theirs} pyspark-shell"
    elif name == "SPARK_SUBMIT_OPTS":
        environment[name] = f"-D{S3A}={theirs}"
    else:
        (tmp_path / name).write_text(f"{S3A} {theirs}\n")
        environment["SPARK_CONF_DIR"] = str(tmp_path)
    command = [sys.executable, "-c", TELLS]
    ended = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=300
    )
    assert json.loads(ended.stdout) == [OURS, theirs]
