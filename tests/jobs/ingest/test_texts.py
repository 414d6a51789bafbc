"""Odd files of rows: each row is read once in any parts, each failure is one line, and no exception is raised."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from decantry.jobs.ingest.options import IngestOptions, ReadingOptions, resolve
from decantry.jobs.ingest.plan import Part
from decantry.jobs.ingest.read import read_part, reading_of, text_worker
from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.expand import expand
from decantry.jobs.sources.source import Source, inspect

OPTIONS: ReadingOptions = resolve(IngestOptions())


def rows(part: Part) -> list[dict[str, Any]]:
    reading = reading_of(OPTIONS)
    with text_worker(reading) as worker:
        return list(read_part(part, OPTIONS, reading, worker))


def source(path: Path) -> Source:
    return inspect(expand([str(path)])[0])


def test_a_gzip_file_of_rows_with_another_extension_is_read_once(tmp_path: Path) -> None:
    path = tmp_path / "corpus.gz"
    lines = [json.dumps({"id": str(number), "text": "A text."}) for number in range(20)]
    path.write_bytes(gzip.compress("\n".join(lines).encode()))
    size = path.stat().st_size
    whole = inspect(Source(str(path), str(path)))
    first, second = rows(Part(whole, 0, size // 2)), rows(Part(whole, size // 2, None))
    assert [row["id"] for row in first if row["kind"] == "document"] == [str(number) for number in range(20)]
    assert [row["kind"] for row in second] == ["count"]


def test_lone_surrogates_anywhere_are_replaced(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    bad = "\\ud800"
    path.write_text(f'{{"id": "a{bad}", "url": "http://x.example/{bad}", "dump": "d{bad}", "text": "t{bad}"}}\n')
    document, count = rows(Part(source(path)))
    assert (document["id"], document["url"], document["crawl"], document["text"]) == (
        "a\ufffd",
        "http://x.example/\ufffd",
        "d\ufffd",
        "t\ufffd",
    )
    assert count["error"] is None


def test_a_damaged_parquet_page_is_an_error_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "damaged.parquet"
    table = pa.table({"id": [str(n) for n in range(5000)], "text": [f"The text number {n}." * 9 for n in range(5000)]})
    pq.write_table(table, path, compression="snappy", use_dictionary=False)
    content = bytearray(path.read_bytes())
    middle = len(content) // 2
    content[middle : middle + 4000] = b"\xff" * 4000
    path.write_bytes(content)
    *_, count = rows(Part(source(path)))
    assert "not a readable Parquet file" in count["error"]


def test_marks_before_rows_and_values_that_are_no_numbers_are_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    mark = b"\xef\xbb\xbf"
    path.write_bytes(
        mark * 2 + b'{"id": "1", "text": "t", "url": NaN, "date": NaN}\n' + mark + b'{"id": 2, "text": "t"}\n'
    )
    *found, count = rows(Part(source(path)))
    assert [(row["id"], row["url"]) for row in found] == [("1", None), ("2", None)]
    assert count["noted"] == []


def test_a_column_that_an_option_names_and_rows_lack_is_counted(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text('{"id": "1", "text": "t", "u": "https://a.example.org/"}\n{"id": "2", "text": "t"}\n')
    options = resolve(IngestOptions(columns="url=u"))
    reading = reading_of(options)
    with text_worker(reading) as worker:
        *found, count = read_part(Part(source(path)), options, reading, worker)
    assert [row["host"] for row in found] == ["a.example.org", None]
    assert count["noted"] == [("no column u", 1)]


def test_an_id_of_a_wrong_type_is_a_reject(tmp_path: Path) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text('{"id": [7], "text": "t"}\n{"id": true, "text": "t"}\n{"id": {"a": 1}, "text": "t"}\n')
    details = [row["detail"] for row in rows(Part(source(path))) if row["kind"] == "reject"]
    assert details == [f"the row has an id that is a {kind}" for kind in ("list", "bool", "dict")]


def test_a_row_with_an_invalid_crawl_name_is_a_reject(tmp_path: Path) -> None:
    """A crawl is a partition folder: a NUL or a long name would fail the run, and Spark reads one name as null."""
    path = tmp_path / "odd.jsonl"
    names = ["nul\0nul", "y" * 81, "é" * 41, "a\nb", "__HIVE_DEFAULT_PARTITION__"]
    fine = ["y" * 80, "../x", "x'; drop", 2024, "", " ", None]
    values = [{"id": str(n), "text": "A text.", "dump": name} for n, name in enumerate([*names, *fine])]
    path.write_text("".join(json.dumps(value) + "\n" for value in values))
    *found, count = rows(Part(source(path)))
    assert [row["reason"] for row in found if row["kind"] == "reject"] == ["bad_crawl"] * 5
    assert (
        found[0]["detail"] == r"the row has an invalid name of a crawl: 'nul\x00nul'" and found[0]["crawl"] == "default"
    )
    assert [row["crawl"] for row in found[5:]] == ["y" * 80, "../x", "x'; drop", "2024", *["default"] * 3]
    assert (count["records"], count["documents"], count["rejects"]) == (12, 7, 5)


@pytest.mark.parametrize("name", ["", "a\0b", "y" * 300, "__HIVE_DEFAULT_PARTITION__"])
def test_an_invalid_crawl_name_in_the_options_is_refused(name: str) -> None:
    with pytest.raises(UserError, match="is not a valid name of a crawl: use 1 to 80 bytes without control characters"):
        resolve(IngestOptions(crawl=name))
