"""Two drivers, each with its own Spark, commit to one table at once. No row is lost or duplicated."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from deltalake import DeltaTable, Field, Schema
from deltalake.schema import PrimitiveType

from decantry.jobs.store.delta_options import delta_options
from infra.local.object_store import ObjectStore

COMMITS = 100

DRIVER = """
import sys
from delta import exceptions
from decantry.jobs.lake.session import start

table, me, commits = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
spark = start(table, cores=1, brief=True)
merge = (
    f"merge into delta.`{table}` as t using (select {me} as driver, {{number}} as number) as s "
    f"on t.driver = {me} and t.number = s.number when not matched then insert *"
)
CONFLICTS = tuple(getattr(exceptions, name) for name in exceptions.__all__)
print("ready", flush=True)
sys.stdin.readline()
for number in range(commits):
    if number % 2:
        row = spark.createDataFrame([(me, number)], "driver int, number int")
        row.write.format("delta").mode("append").save(table)
        continue
    while True:
        try:
            spark.sql(merge.format(number=number))
            break
        except CONFLICTS:
            print("again", flush=True)
spark.stop()
"""

pytestmark = pytest.mark.slow  # it starts two Sparks


def commit_at_once(table: str, environment: dict[str, str]) -> None:
    """Run two drivers, which begin when both are ready."""
    running = [
        subprocess.Popen(
            [sys.executable, "-c", DRIVER, table, str(me), str(COMMITS)],
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for me in range(2)
    ]
    try:
        for each in running:
            assert each.stdout is not None and each.stdout.readline() == "ready\n"
        for each in running:
            assert each.stdin is not None
            each.stdin.write("go\n")
            each.stdin.flush()
        for each in running:
            each.communicate()
        assert [each.returncode for each in running] == [0, 0]
    finally:
        for each in running:
            each.kill()


def assert_complete(table: DeltaTable) -> None:
    rows = Counter((row["driver"], row["number"]) for row in table.to_pyarrow_table().to_pylist())
    assert rows == Counter((me, number) for me in range(2) for number in range(COMMITS))
    assert table.version() == 2 * COMMITS, "a version for each commit, and one that made the table"


def test_two_drivers_on_a_local_table(tmp_path: Path) -> None:
    table = tmp_path / "table"
    made(str(table), {})
    commit_at_once(str(table), {})
    assert_complete(DeltaTable(table))


def test_two_drivers_on_a_table_on_s3(object_store: ObjectStore, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in object_store.environment.items():
        monkeypatch.setenv(name, value)
    made("s3://lake/two-drivers", delta_options())
    commit_at_once("s3a://lake/two-drivers", object_store.environment)
    assert_complete(DeltaTable("s3://lake/two-drivers", storage_options=delta_options()))


def made(table: str, options: dict[str, str]) -> None:
    """An empty table with a partition for each driver, so merges conflict only in the log."""
    fields = [Field(name, PrimitiveType("integer")) for name in ("driver", "number")]
    DeltaTable.create(table, Schema(fields), partition_by=["driver"], storage_options=options)
