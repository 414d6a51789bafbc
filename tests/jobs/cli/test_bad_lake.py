"""Mistakes about the lake, Java and crawls: one clear line, the right exit code, and nothing half-written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
from tests.jobs.cli.mistakes import Run


def test_a_lake_that_is_a_file(decantry: Run, rows: Path, tmp_path: Path) -> None:
    (tmp_path / "lake").write_text("not a lake")
    for command in (("run", "c4", "--input", str(rows)), ("sql", "select 1"), ("curate", "c4")):
        answer = decantry(*command, "--lake", str(tmp_path / "lake"))
        assert (answer.code, "is a file: name a folder" in answer.line) == (2, True)


def test_a_query_does_not_create_a_missing_lake(decantry: Run, tmp_path: Path) -> None:
    answer = decantry("sql", "select 1", "--lake", str(tmp_path / "lake"))
    assert (answer.code, "there is no lake at" in answer.line) == (2, True)
    assert not (tmp_path / "lake").exists()


def test_a_read_only_lake(decantry: Run, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "decantry.jobs.lake.usable.os.access", lambda *_: False
    )  # root may write anywhere, tests may be root
    answer = decantry("run", "c4", "--input", str(rows), "--lake", str(tmp_path / "lake"))
    assert (answer.code, "is not writable" in answer.line) == (2, True)


def test_java_is_missing(decantry: Run, rows: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    answer = decantry("run", "c4", "--input", str(rows), "--lake", str(tmp_path / "lake"))
    assert (answer.code, answer.line.startswith("Java is missing")) == (3, True)


@pytest.mark.parametrize(
    ("address", "line"),
    [
        ("", "the lake's address is empty"),
        ("dbfs:/mnt/lake", "the lake dbfs:/mnt/lake has an unknown scheme"),
        ("hdfs://host/lake", "the lake hdfs://host/lake has an unknown scheme"),
        ("lakes/*", "has a * in its address, which Spark treats as a pattern: use another name"),
        ("lake[1]", "has a [ in its address, which Spark treats as a pattern: use another name"),
        ("la\\ke", "has a \\ in its address, which Spark treats as a pattern: use another name"),
        ("la%6be", "has %6b in its address, which URIs decode to another character: use another name"),
        ("la\nke", "la\\nke' has a character in its address that cannot be shown"),
        ("s3://bucket/lake*", "the lake s3a://bucket/lake* has a * in its address"),
    ],
)
def test_an_invalid_address_of_a_lake(decantry: Run, rows: Path, address: str, line: str) -> None:
    answer = decantry("run", "fineweb", "--input", str(rows), "--lake", address, "--quiet")
    assert (answer.code, line in answer.line) == (2, True)


def test_a_missing_crawl_is_named(
    spark: SparkSession, untracked: None, decantry: Run, tmp_path: Path, rows: Path
) -> None:
    lake = str(tmp_path / "lake")
    assert decantry("ingest", "--input", str(rows), "--lake", lake, "--crawl", "\u202ered", "--quiet").code == 0
    answer = decantry("curate", "c4", "--lake", lake, "--crawl", "\u202ered", "--crawl", "nope")
    assert (answer.code, "has no documents of the crawl nope: it has \\u202ered" in answer.line) == (2, True)


def test_a_command_that_reads_does_not_create_a_missing_lake(decantry: Run, tmp_path: Path) -> None:
    for command in (["dedup"], ["curate", "c4"], ["extract", "--extractor", "trafilatura"]):
        answer = decantry(*command, "--lake", str(tmp_path / "none"))
        assert (answer.code, "there is no lake at" in answer.line) == (2, True)
    assert not (tmp_path / "none").exists()
