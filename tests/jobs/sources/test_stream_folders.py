"""The folder of a Spark stream: the files of its log are read, and those of batches that failed are not."""

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


def status(name: str, action: str = "add", root: str = "file:///where/it/was") -> str:
    """A line of the log, as Spark 4.1 writes it."""
    times = {"isDir": False, "modificationTime": 1, "blockReplication": 1, "blockSize": 1}
    return json.dumps({"path": f"{root}/{name}", "size": 9, **times, "action": action})


def log(folder: Path, **batches: list[str]) -> None:
    """The log's batches, by name: `_0` is the batch 0, `_9_compact` the compact batch 9."""
    (folder / "_spark_metadata").mkdir(parents=True)
    for name, lines in batches.items():
        entry = folder / "_spark_metadata" / name[1:].replace("_", ".")
        entry.write_text("\n".join(["v1", *lines]))


@pytest.fixture
def stream(tmp_path: Path) -> Path:
    """Two batches of one file each, and the file of a batch that failed."""
    folder = tmp_path / "out"
    files(folder, "part-0.parquet", "part-1.parquet", "part-1-failed.parquet")
    log(folder, _0=[status("part-0.parquet")], _1=[status("part-1.parquet")])
    return folder


@pytest.mark.parametrize("given", ["out", "", "out/*.parquet", "**/*.parquet"])
def test_only_the_files_of_the_log_are_read(stream: Path, given: str) -> None:
    told: list[str] = []
    assert names_of(stream, f"{stream.parent}/{given}", told) == ["part-0.parquet", "part-1.parquet"]
    assert told == [
        f"{stream}/ is a folder of a Spark stream: read at its version 1; "
        "passed over 1 file that this version does not have"
    ]


def test_a_file_of_a_failed_batch_is_refused_by_its_name(stream: Path) -> None:
    assert names_of(stream, f"{stream}/part-1.parquet") == ["part-1.parquet"]
    with pytest.raises(UserError, match=r"is no file of version 1 of the folder of a Spark stream .*: name the table"):
        expand([f"{stream}/part-1-failed.parquet"])


def test_a_compact_batch_has_all_before_it(tmp_path: Path) -> None:
    files(tmp_path, "a.jsonl", "b.jsonl", "c.jsonl", "d.jsonl")
    log(
        tmp_path,
        _8=[status("d.jsonl")],  # in no compact batch any more: its time is over
        _9_compact=[status("a.jsonl"), status("b.jsonl")],
        _10=[status("b.jsonl", "delete"), status("c.jsonl")],
    )
    assert names_of(tmp_path, str(tmp_path)) == ["a.jsonl", "c.jsonl"]
    with pytest.raises(UserError, match="is no file of version 10"):
        expand([f"{tmp_path}/d.jsonl"])


def test_names_of_partitions_are_decoded_once(tmp_path: Path) -> None:
    files(tmp_path, "dump=a%2Fb/part 0.parquet", "dump=a%2Fb/other.parquet")
    log(tmp_path, _0=[status("dump=a%252Fb/part%200.parquet")])
    found = expand([str(tmp_path)])
    assert [(source.path, source.table) for source in found] == [(f"{tmp_path}/dump=a%2Fb/part 0.parquet", None)]


def test_a_folder_whose_own_name_looks_like_a_partition(tmp_path: Path) -> None:
    folder = tmp_path / "run=5"
    files(folder, "lang=de/part-0.parquet", "lang=de/part-0-failed.parquet", "lang=de/part-1.parquet")
    log(folder, _0=[status("lang=de/part-0.parquet", root=folder.as_uri())], _1=[status("lang=de/part-1.parquet")])
    assert [source.path for source in expand([str(folder)])] == [f"{folder}/lang=de/part-{n}.parquet" for n in (0, 1)]


@pytest.mark.parametrize("content", ["", "v2\n{}", "v1\nno json", "v1\n[]", 'v1\n{"path": 1}', 'v1\n{"path": ""}'])
def test_a_log_that_cannot_be_read_is_refused(tmp_path: Path, content: str) -> None:
    files(tmp_path, "a.parquet")
    log(tmp_path)
    (tmp_path / "_spark_metadata/0").write_text(content)
    with pytest.raises(
        UserError, match=r"whose log _spark_metadata/0 cannot be read .*: write its rows out as Parquet"
    ):
        expand([str(tmp_path)])


def test_a_stream_in_a_bucket(bucket: Any) -> None:
    body = "v1\n" + status("part-0.parquet", root="s3a://pages/stream")
    for key, data in (("part-0.parquet", "x"), ("part-1.parquet", "x"), ("_spark_metadata/0", body)):
        bucket.put_object(Bucket="pages", Key=f"stream/{key}", Body=data.encode())
    assert [source.uri for source in expand(["s3://pages/stream/"])] == ["s3://pages/stream/part-0.parquet"]
    with pytest.raises(UserError, match="is no file of version 0"):
        expand(["s3://pages/stream/part-1.parquet"])
