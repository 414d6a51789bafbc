"""A disk that takes no more, and temporary folders that cannot be written: row 27 of the faults."""

from __future__ import annotations

import resource
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from pyspark.sql import SparkSession

from decantry.jobs.cli.failures import told
from decantry.jobs.errors import InfrastructureError
from decantry.jobs.sample import build
from decantry.jobs.setup.fetch import staging
from tests.command import runner


@contextmanager
def no_file_longer_than(spark: SparkSession, size: int) -> Iterator[None]:
    """Spark's JVM cannot write past `size` bytes of any file: the system refuses, as a full disk does."""
    gateway = spark.sparkContext._gateway
    assert gateway is not None
    pid = gateway.proc.pid
    _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
    before = resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, before)


def test_a_full_disk_ends_a_run_cleanly_and_the_next_one_completes(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = build(tmp_path / "sample")[0]
    lake = tmp_path / "lake"
    run = runner(monkeypatch, capsys)
    words = ("ingest", "--input", str(archive), "--lake", str(lake))
    with no_file_longer_than(spark, 2048):
        full = run(*words)
    assert full.code == 3, full.err
    assert "\n" not in full.line
    assert not (lake / "silver" / "documents" / "_delta_log" / "00000000000000000000.json").exists()
    assert not list((lake / "_staging").rglob("*.parquet"))
    again = run(*words)
    assert again.code == 0, again.err
    assert spark.read.format("delta").load(str(lake / "silver/documents")).count() > 0
    assert spark.read.format("delta").load(str(lake / "ops/inputs")).count() == 1


def test_a_cache_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where a folder is wanted")
    expected = pytest.raises(InfrastructureError, match=r"cannot write to the cache .*; set DECANTRY_HOME")
    with expected, staging(tmp_path / "cache" / "jars"):
        pass


def test_a_staging_folder_is_removed_where_the_disk_is_full(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No space left"), staging(tmp_path), Path("/dev/full").open("wb") as full:
        full.write(b"x" * 100_000)
        full.flush()
    assert list(tmp_path.iterdir()) == []


def test_a_failure_is_told_even_where_its_details_cannot_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    assert told(ValueError("something broke")) == (3, "something broke")
