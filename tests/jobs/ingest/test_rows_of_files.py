"""Rows of JSON and Parquet files become documents."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.ingest import ids
from decantry.jobs.ingest import plan as planning

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
from tests.jobs.ingest.ingested import WORDS, conserved, read, rows


def test_rows_of_json_and_parquet_become_documents(spark: SparkSession, tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    good = [
        {"id": "a", "url": "https://www.example.org/a", "text": "One text.", "date": "2026-01-02", "dump": "D-1"},
        {"id": "b", "url": None, "text": "Another one, with a \ud800 in it.", "dump": "D-2"},
        {"id": 7, "url": "https://example.org/7", "text": ""},
    ]
    bad = [
        "not json",
        "[1]",
        '{"id": "c", "url": "u"}',
        '{"id": "d", "text": 5}',
        '{"text": "no id"}',
        "",
        json.dumps(good[0]),
    ]
    lines = [json.dumps(row) for row in good] + bad
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress("\n".join(lines).encode() + b"\n"))
    pq.write_table(
        pa.table({"id": ["p", "a"], "text": ["From Parquet.", "Again."], "url": ["u", "v"]}), tmp_path / "b.parquet"
    )
    report = read(spark, tmp_path / "lake", tmp_path / "a.jsonl.gz", tmp_path / "b.parquet")
    assert (report.documents, report.rejects) == (5, 6)
    assert report.noted == {"id made of content": 1, "url without a host": 2}
    assert report.crawls == ["D-1", "D-2", "default"]
    found = rows(tmp_path / "lake", "silver/documents", ["id", "text", "crawl", "extractor", "warc_offset", "host"])
    assert found == [
        ("7", "", "default", "given", 2, "example.org"),
        ("a", "One text.", "D-1", "given", 0, "www.example.org"),
        ("b", "Another one, with a \ufffd in it.", "D-2", "given", 1, None),
        ("p", "From Parquet.", "default", "given", 0, None),
        (ids.content_id(None, None, "no id"), "no id", "default", "given", 7, None),
    ]
    found = rows(tmp_path / "lake", "silver/rejects", ["warc_offset", "reason", "warc_path"])
    assert [row[:2] for row in found] == [
        (1, "duplicate_id"),
        (3, "not_json"),
        (4, "not_json"),
        (5, "missing_text"),
        (6, "missing_text"),
        (9, "duplicate_id"),
    ]
    conserved(tmp_path / "lake")
    again = read(spark, tmp_path / "lake", tmp_path / "a.jsonl.gz", tmp_path / "b.parquet")
    assert (again.already_done, again.crawls) == (2, ["D-1", "D-2", "default"])


def test_rows_keep_their_crawls_if_the_file_name_has_none(spark: SparkSession, tmp_path: Path) -> None:
    lines = [json.dumps({"id": i, "url": None, "text": "Some text.", "dump": f"D-{i}"}) for i in "ab"]
    (tmp_path / "corpus.dat").write_text("\n".join(lines))
    first, again = (read(spark, tmp_path / "lake", tmp_path / "corpus.dat") for _ in range(2))
    assert first.crawls == ["D-a", "D-b"]
    assert (again.already_done, {*first.crawls} <= {*again.crawls}) == (1, True)


def test_rows_of_a_file_that_is_read_in_parts_have_the_right_numbers(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "SMALLEST_PART", 4096)
    lines = [json.dumps({"id": f"text-{n:03}", "text": WORDS.format(n)}) for n in range(200)]
    lines[50], lines[150] = "", "no JSON"
    (tmp_path / "texts.jsonl").write_text("\n".join(lines))
    report = read(spark, tmp_path / "lake", tmp_path / "texts.jsonl")
    assert (report.documents, report.rejects) == (198, 1)
    found = rows(tmp_path / "lake", "silver/documents", ["id", "warc_offset"])
    assert found == [(f"text-{n:03}", n) for n in range(200) if n not in (50, 150)]
    assert rows(tmp_path / "lake", "silver/rejects", ["reason", "warc_offset"]) == [("not_json", 150)]
    conserved(tmp_path / "lake")
