"""Row 27 of docs/reliability.md: a full disk, and temporary folders that cannot be written."""

from __future__ import annotations

import json
import resource
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from py4j.protocol import Py4JJavaError

from decantry.jobs.cli.failures import code_and_line
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.lake.lake import Lake
from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.setup.fetch import staging
from decantry.schemas.catalogue import TABLES
from tests.command import Answer, runner

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Run = Callable[..., Answer]


@pytest.fixture
def decantry(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line, in this process."""
    return runner(monkeypatch, capsys)


def test_a_cache_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder is wanted")
    expected = pytest.raises(InfrastructureError, match=r"cannot write to the cache .*; set DECANTRY_HOME")
    with expected, staging(tmp_path / "cache" / "jars"):
        pass


def test_a_staging_folder_is_removed_if_the_disk_is_full(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left"), staging(tmp_path), Path("/dev/full").open("wb") as full:
        full.write(b"x" * 100_000)
        full.flush()
    assert list(tmp_path.iterdir()) == []


def test_a_failure_is_reported_even_if_its_details_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert code_and_line(ValueError("something broke")) == (3, "something broke")


@contextmanager
def full(spark: SparkSession, *, after: int) -> Iterator[None]:
    """Limit the size of files that Spark's process can write. The kernel then refuses writes as on a full disk."""
    process = spark.sparkContext._gateway.proc.pid  # type: ignore[union-attr]
    before = resource.prlimit(process, resource.RLIMIT_FSIZE)
    resource.prlimit(process, resource.RLIMIT_FSIZE, (after, before[1]))
    try:
        yield
    finally:
        resource.prlimit(process, resource.RLIMIT_FSIZE, before)


def test_a_disk_that_is_full_when_a_table_is_created(spark: SparkSession, tmp_path: Path) -> None:
    lake = Lake(spark, str(tmp_path / "lake"), "run")
    inputs = few_rows(spark, TABLES["ops/inputs"], [])
    with full(spark, after=1 << 10), pytest.raises(Py4JJavaError) as failed:
        lake.append("ops/inputs", inputs)
    code, line = code_and_line(failed.value)
    assert code == 3
    assert "File too large" in line
    assert not lake.exists("ops/inputs")
    assert lake.append("ops/inputs", inputs) == 0


@pytest.mark.slow
@pytest.mark.parametrize("after", [1 << 10, 1 << 13])
def test_a_disk_that_fills_up_while_spark_writes(
    spark: SparkSession, decantry: Run, tmp_path: Path, after: int
) -> None:
    """With 1 KiB no file can be written; with 8 KiB only short files can."""
    rows = tmp_path / "rows.jsonl"
    texts = {number: " ".join(f"word{number}x{n * n}" for n in range(4000)) for number in range(4)}
    rows.write_text("".join(json.dumps({"id": str(n), "text": text, "dump": "T"}) + "\n" for n, text in texts.items()))
    recipe = tmp_path / "mine.yaml"
    recipe.write_text("recipe: mine\nsteps:\n  - where: {name: some, keep: \"id <> '2'\"}\n")
    lake = tmp_path / "lake"
    run = ("run", str(recipe), "--input", str(rows), "--lake", str(lake), "--quiet")
    spark.range(1).write.option("compression", "zstd").parquet(str(tmp_path / "warm"))  # unpacks a library, once
    with full(spark, after=after):
        answer = decantry(*run)
    assert answer.code == 3
    assert "File too large" in answer.line
    assert not (lake / "_staging").exists()
    assert not (lake / "gold").exists()
    assert decantry(*run).code == 0
    again = decantry("sql", "select id from mine order by id", "--lake", str(lake), "--output", "json")
    assert [row["id"] for row in json.loads(again.out)] == ["0", "1", "3"]
    assert (
        decantry("sql", "select count(*) n from documents", "--lake", str(lake), "--output", "json").out.count("4") == 1
    )
