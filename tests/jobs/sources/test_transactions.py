"""Plain folders that Databricks has written: files of failed and of replaced jobs are not read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.expand import expand
from tests.jobs.sources.test_buckets import bucket
from tests.jobs.sources.test_folders import files, names_of

__all__ = ["bucket"]

MARKS = {
    "_started_1": "",
    "_committed_1": json.dumps({"added": ["part-0-tid-1-a.parquet", "part-1-tid-1-a.parquet"], "removed": []}),
    "_started_2": "",
    "_committed_2": json.dumps(
        {"added": ["part-0-tid-2-b.parquet"], "removed": ["part-1-tid-1-a.parquet", "plain.parquet"]}
    ),
    "_started_3": "",
    "_committed_vacuum4": json.dumps({"added": [], "removed": ["_committed_0", "_committed_vacuum4"]}),
}  # fmt: skip
KEPT = ["part-0-tid-0-z.parquet", "part-0-tid-1-a.parquet", "part-0-tid-2-b.parquet"]
STALE = [
    "part-1-tid-1-a.parquet",  # another job has replaced it
    "plain.parquet",
    "part-1-tid-2-b.parquet",  # of a task that failed
    "part-0-tid-3-c.parquet",  # of a job that failed, or still runs
]


def written(folder: Path) -> Path:
    files(folder, *KEPT, *STALE)
    for name, content in MARKS.items():
        (folder / name).write_text(content)
    return folder


@pytest.mark.parametrize("given", ["out", "out/*.parquet", ""])
def test_only_files_of_committed_jobs_are_read(tmp_path: Path, given: str) -> None:
    folder = written(tmp_path / "out")
    told: list[str] = []
    assert names_of(folder, f"{tmp_path}/{given}", told) == KEPT
    assert told == [
        f"the input {tmp_path}/{given}: passed over 4 files that no transaction of Databricks has committed"
    ]


def test_a_relative_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(written(tmp_path))
    assert [source.uri for source in expand(["*.parquet"])] == KEPT
    assert [source.uri for source in expand([KEPT[1]])] == [KEPT[1]]
    with pytest.raises(UserError, match="is a file that no transaction of Databricks has committed: name its folder"):
        expand([STALE[3]])


def test_names_like_those_of_transactions_without_marks(tmp_path: Path) -> None:
    files(tmp_path, *KEPT, *STALE)
    assert len(expand([str(tmp_path)])) == len(KEPT) + len(STALE)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"added": 1, "removed": []}'])
def test_a_mark_that_cannot_be_read_is_refused(tmp_path: Path, content: str) -> None:
    files(tmp_path, *KEPT)
    (tmp_path / "_committed_1").write_text(content)
    with pytest.raises(UserError, match=r"_committed_1, where Databricks lists .* cannot be read"):
        expand([str(tmp_path)])


def test_a_folder_of_a_bucket(bucket: Any) -> None:
    for name, content in {**dict.fromkeys([*KEPT, *STALE], "x"), **MARKS}.items():
        bucket.put_object(Bucket="pages", Key=f"written/{name}", Body=content.encode())
    assert [source.uri for source in expand(["s3://pages/written/"])] == [f"s3://pages/written/{name}" for name in KEPT]
