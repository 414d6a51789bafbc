"""A table's newest commits, compared with Delta's own answer."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.usable import require_usable
from decantry.jobs.process.errors import InfrastructureError
from decantry.schemas.catalogue import TABLES

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def test_commits_have_their_metadata_even_before_a_checkpoint(spark: SparkSession, tmp_path: Path) -> None:
    lake = Lake(spark, str(tmp_path), "run-ä")
    table = replace(TABLES["ops/forgotten"], properties={"delta.checkpointInterval": "2"})
    moment = datetime(2026, 1, 1, tzinfo=timezone.utc)
    for number in range(3):
        row = ["domain", f"{number}.example.org", None, "run", moment, None]
        lake.append("ops/forgotten", few_rows(spark, table, [row]), table)
    assert lake.append("ops/forgotten", few_rows(spark, table, []), table) == 3, "no rows make no commit"
    lake.change("ops/forgotten", lambda table: table.delete("value = '0.example.org'"))
    assert list((tmp_path / "ops" / "forgotten" / "_delta_log").glob("*2.checkpoint*.parquet"))
    rows = lake.delta("ops/forgotten").history(5).select("version", "userMetadata").collect()
    found = lake.commits("ops/forgotten", -1)
    assert [(each.version, each.about) for each in reversed(found)] == [
        (row["version"], json.loads(row["userMetadata"])) for row in rows
    ]
    assert [each.version for each in lake.commits("ops/forgotten", rows[0]["version"] - 1)] == [rows[0]["version"]]
    assert found[-1].about["run_id"] == "run-ä"
    assert lake.version("ops/forgotten") == rows[0]["version"]
    assert lake.version("ops/checks") is None


@pytest.mark.parametrize("left", ["", '{"commitInfo":{"timestamp":1', '{"commitInfo":{}}\n{"add":{"path":"par'])
def test_a_newest_commit_that_is_empty_or_cut_short_is_an_error(tmp_path: Path, left: str) -> None:
    log = tmp_path / "silver" / "documents" / "_delta_log"
    log.mkdir(parents=True)
    (log / f"{0:020}.json").write_text('{"commitInfo":{}}\n{"add":{"path":"a\u2028b\u0085c"}}\n')
    require_usable(str(tmp_path), write=True)
    (log / f"{1:020}.json").write_text(left)
    with pytest.raises(InfrastructureError) as caught:
        require_usable(str(tmp_path), write=False)
    assert str(caught.value).startswith(f"the table {tmp_path}/silver/documents is damaged: its newest commit, ")
    assert f"{1:020}.json, is empty or cut short" in str(caught.value)
