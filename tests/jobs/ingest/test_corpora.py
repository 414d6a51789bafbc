"""Files of other corpora: each row becomes a document or a reject, and a file without documents has an error."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from decantry.jobs.ingest import ids
from decantry.jobs.ingest.batch import outcome
from decantry.jobs.ingest.options import IngestOptions, ReadingOptions, resolve
from decantry.jobs.ingest.plan import Part
from decantry.jobs.ingest.read import read_part, reading_of, text_worker
from decantry.jobs.sources.expand import expand
from decantry.jobs.sources.source import Source, inspect

OPTIONS: ReadingOptions = resolve(IngestOptions())
AT = datetime(2024, 5, 17, 23, 31, 22, tzinfo=timezone.utc)
SECONDS = 1715988682
TEXT = "A bell was rung at the turn of the tide."

Row = dict[str, Any]


def source(path: Path) -> Source:
    return inspect(expand([str(path)])[0])


def read(path: Path, columns: str | None = None) -> tuple[list[Row], Row]:
    """The rows of the file's documents and rejects, and their count."""
    options = resolve(IngestOptions(columns=columns))
    reading = reading_of(options)
    with text_worker(reading) as worker:
        *found, count = read_part(Part(source(path)), options, reading, worker)
    return found, count


def jsonl(folder: Path, rows: Sequence[Any]) -> Path:
    path = folder / "rows.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def parquet(folder: Path, columns: dict[str, Any], **options: Any) -> Path:
    pq.write_table(pa.table(columns), folder / "rows.parquet", **options)
    return folder / "rows.parquet"


def told(path: Path, count: Row, options: ReadingOptions = OPTIONS) -> str | None:
    """The error of the file in ops/inputs."""
    part = {**count, **{name: dict(count[name]) for name in ("skipped", "crawls", "noted", "reasons")}}
    return outcome(source(path), [part], options).error  # type: ignore[list-item]


@pytest.mark.parametrize(
    ("column", "ids_"),
    [
        (pa.array([b"a", b"b"]), ["a", "b"]),
        (pa.array(["a", "b"], pa.large_string()), ["a", "b"]),
        (pa.array(["a", "b"]).dictionary_encode(), ["a", "b"]),
        (pa.array([b"a\0\0\0", b"b\0\0\0"], pa.binary(4)), ["a", "b"]),
        (pa.array([b"\xff" * 16, b"\x80" * 16], pa.binary(16)), ["ff" * 16, "80" * 16]),
        (pa.array([70, 71], pa.int16()), ["70", "71"]),
        (pa.array([70.0, 71.5]), ["70", "71.5"]),
        (pa.array([Decimal("70.00"), Decimal("71.10")]), ["70", "71.1"]),
        (pa.array([70, None]), ["70", ids.content_id(None, None, TEXT)]),
        (pa.array([float("nan"), None]), [ids.content_id(None, None, TEXT)] * 2),
    ],
)
def test_ids_of_any_type_in_parquet(tmp_path: Path, column: pa.Array, ids_: list[str]) -> None:
    found, count = read(parquet(tmp_path, {"id": column, "text": pa.array([TEXT.encode()] * 2)}))
    assert [row["id"] for row in found] == ids_
    assert (count["documents"], count["error"]) == (2, None)


@pytest.mark.parametrize(
    ("column", "moments", "unread"),
    [
        (pa.array([SECONDS, None]), [AT, None], 0),
        (pa.array([SECONDS * 1000, SECONDS * 10**6]), [AT, AT], 0),
        (pa.array([float(SECONDS), float("nan")]), [AT, None], 0),
        (pa.array([20240517233122, 2024]), [AT, None], 1),
        (pa.array(["20240517233122", "Fri, 17 May 2024 23:31:22 GMT"]), [AT, AT], 0),
        (pa.array([b"2024-05-17T23:31:22Z", b"\xff"]), [AT, None], 1),
        (pa.array([19860, -(10**6)], pa.int32()).cast(pa.date32()), [AT.replace(hour=0, minute=0, second=0), None], 1),
        (pa.array([AT, datetime(1, 1, 1, tzinfo=timezone.utc)], pa.timestamp("us", "UTC")), [AT, None], 1),
        (pa.array([["2024-05-17"], []]), [None, None], 2),
        (pa.array(["soon", " "]), [None, None], 1),
    ],
)
def test_dates_of_any_type_in_parquet(tmp_path: Path, column: pa.Array, moments: list[Any], unread: int) -> None:
    found, count = read(parquet(tmp_path, {"id": ["a", "b"], "text": [TEXT] * 2, "date": column}))
    assert [row["fetched_at"] for row in found] == moments
    assert dict(count["noted"]) == ({"date not read": unread} if unread else {})


def test_int96_outside_the_supported_range_is_null_and_counted(tmp_path: Path) -> None:
    """As 64-bit nanoseconds, the year 1500 would silently become 2084."""
    dates = pa.array([datetime(1500, 1, 1), datetime(9999, 1, 1), AT.replace(tzinfo=None)], pa.timestamp("us"))
    columns = {"id": ["a", "b", "c"], "text": [TEXT] * 3, "date": dates}
    path = parquet(tmp_path, columns, use_deprecated_int96_timestamps=True)
    assert str(pq.ParquetFile(path).schema.column(2).physical_type) == "INT96"
    found, count = read(path)
    assert [row["fetched_at"] for row in found] == [None, None, AT]
    assert count["noted"] == [("date not read", 2)]


def test_a_text_in_bytes_that_are_not_utf_8_is_a_reject_and_the_others_are_read(tmp_path: Path) -> None:
    found, count = read(parquet(tmp_path, {"id": ["a", "b"], "text": pa.array(["é".encode("latin-1"), "é".encode()])}))
    assert [(row["kind"], row.get("detail")) for row in found] == [
        ("reject", "the row has a text in bytes that are not UTF-8"),
        ("document", None),
    ]
    assert count["reasons"] == [("missing_text", 1)]


def test_a_nul_reaches_no_text_id_or_address(tmp_path: Path) -> None:
    rows = [{"id": "a\0b", "text": "one\0two", "url": "https://x\0.example/"}, {"id": "c\0", "text": "\0", "url": "\0"}]
    for path in (jsonl(tmp_path, rows), parquet(tmp_path, {name: [row[name] for row in rows] for name in rows[0]})):
        found, count = read(path)
        assert [(row["id"], row["text"], row["url"], row["host"]) for row in found] == [
            ("a\ufffdb", "one\ufffdtwo", "https://x\ufffd.example/", None),
            ("c", "\ufffd", None, None),
        ]
        assert count["noted"] == [("NUL in text replaced", 2), ("url without a host", 1)]
    (reject,), _ = read(jsonl(tmp_path, [{"id": "a\0", "text": 5, "url": "https://x\0"}]))
    assert "\0" not in json.dumps(reject, ensure_ascii=False)


def test_an_invalid_address_is_null_and_counted(tmp_path: Path) -> None:
    found, count = read(jsonl(tmp_path, [{"id": "a", "text": "t", "url": ["u"]}, {"id": "b", "text": "t", "url": ""}]))
    assert [row["url"] for row in found] == [None, None]
    assert count["noted"] == [("url not read", 1)]


def test_rows_without_ids_get_the_same_ids_in_every_file_and_format(tmp_path: Path) -> None:
    """Rows like those of c4. `0` counts as a given id."""
    rows = [{"text": TEXT, "timestamp": "2019-04-25T12:57:54Z", "url": f"https://c{n}.example.org/b"} for n in range(3)]
    found, count = read(jsonl(tmp_path, rows))
    assert [row["id"] for row in found] == [ids.content_id(row["url"], row["fetched_at"], TEXT) for row in found]
    assert len({row["id"] for row in found}) == 3
    assert count["noted"] == [("id made of content", 3), ("layout c4", 3)]
    again, _ = read(parquet(tmp_path, {name: [row[name] for row in reversed(rows)] for name in rows[0]}))
    assert sorted(row["id"] for row in again) == sorted(row["id"] for row in found)
    given, _ = read(jsonl(tmp_path, [{"id": 0, **rows[0]}, rows[1]]))
    assert [row["id"] for row in given] == ["0", found[1]["id"]]


def test_a_nested_column_of_parquet_by_option_and_by_layout(tmp_path: Path) -> None:
    metadata = [{"url": "https://m.example.org/a", "date": "2024-05-17T23:31:22Z", "dump": "CC-MAIN-2024-22", "n": 1}]
    path = parquet(tmp_path, {"text": [TEXT], "id": ["a"], "metadata": metadata})
    (row,), count = read(path)
    assert (row["url"], row["host"], row["fetched_at"], row["crawl"]) == (
        *("https://m.example.org/a", "m.example.org", AT, "CC-MAIN-2024-22"),
    )
    assert count["noted"] == [("layout datatrove", 1)]
    (row,), _ = read(path, "id=metadata.n,dump=metadata.date")
    assert (row["id"], row["crawl"]) == ("1", "2024-05-17T23:31:22Z")


def test_the_error_of_a_file_without_texts_names_its_columns_and_the_option(tmp_path: Path) -> None:
    rows = [{"doc_id": "r0", "raw_content": TEXT, "url": "https://r0.example.org/"}]
    line = "the columns are doc_id, raw_content, url: name them, as in --columns text=raw_content,id=doc_id"
    path = jsonl(tmp_path, rows)
    assert str(told(path, read(path)[1])).endswith(f"became a document (1 missing_text); it has no column text; {line}")
    other = parquet(tmp_path, {name: [rows[0][name]] for name in rows[0]})
    assert read(other)[1]["error"] == f"{other}: it has no column text; {line}"
    for mapped in (path, other):
        (row,), count = read(mapped, "text=raw_content,id=doc_id")
        assert (row["id"], row["text"], row["url"]) == ("r0", TEXT, "https://r0.example.org/")
        assert count["error"] is None
    wrong = resolve(IngestOptions(columns="text=body"))
    assert "it has no column body; the columns are doc_id," in str(told(path, read(path, "text=body")[1], wrong))


@pytest.mark.parametrize(
    ("content", "documents"),
    [
        (json.dumps([{"id": "a", "text": TEXT}, {"id": "b", "text": TEXT}], indent=1).encode(), 2),
        ('{"id": "a", "text": "é"}\n{"id": "b", "text": "é"}\n'.encode("utf-16"), 2),
        (b'\xef\xbb\xbf{"id": "a", "text": "t"}\n', 1),
        (b'{"ID": "a", "TEXT": "t"}\r\n', 1),
        (b"[]", 0),
    ],
)
@pytest.mark.parametrize("name", ["rows.json", "rows.jsonl", "rows"])
def test_arrays_utf_16_and_upper_case(tmp_path: Path, content: bytes, documents: int, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    found, count = read(path)
    assert [row["id"] for row in found] == ["a", "b"][:documents]
    assert [row["warc_offset"] for row in found] == [0, 1][:documents]
    assert (count["documents"], count["rejects"], count["error"]) == (documents, 0, None)


def test_an_array_is_read_once_when_its_file_is_split(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text(json.dumps([{"id": str(n), "text": TEXT} for n in range(99)]))
    reading = reading_of(OPTIONS)
    whole = source(path)
    with text_worker(reading) as worker:
        parts = [Part(whole, 0, 2000), Part(whole, 2000, 4000), Part(whole, 4000, None)]
        found = [row for part in parts for row in read_part(part, OPTIONS, reading, worker)]
    assert [row["id"] for row in found if row["kind"] == "document"] == [str(n) for n in range(99)]


def test_a_cut_array_is_damage_after_its_last_row(tmp_path: Path) -> None:
    path = tmp_path / "rows.json"
    path.write_text('[{"id": "a", "text": "t"}, {"id": "b", "te')
    found, count = read(path)
    assert [(row["kind"], row.get("reason")) for row in found] == [("document", None), ("reject", "unreadable")]
    assert (count["documents"], count["rejects"], count["damages"]) == (1, 0, 1)


def test_files_that_peers_have_published(shared_data: Path) -> None:
    """cases/parquet-types and cases/peer-jsonl; their READMEs have the expected results."""
    cases = shared_data / "cases"
    found = {
        path.name: read(path)[0] for folder in ("parquet-types", "peer-jsonl") for path in cases.glob(f"{folder}/*.*")
    }
    impala, modern, epoch = (found[f"{name}.parquet"] for name in ("impala", "modern", "epoch"))
    assert [(row["id"], row["fetched_at"].isoformat()[:10]) for row in impala] == [
        (f"p{n}", f"2024-05-{17 + n}") for n in range(3)
    ]
    assert [row["id"] for row in modern] == ["70", "71", "72"]
    assert {(row["fetched_at"], row["crawl"]) for row in modern} == {
        (AT.replace(microsecond=123456), "CC-MAIN-2024-22")
    }
    assert [row["fetched_at"] for row in epoch] == [AT, AT]
    trove = found["datatrove-00000.jsonl.gz"]
    assert [(row["host"], row["fetched_at"], row["crawl"]) for row in trove] == [
        (f"m{n}.example.org", AT, "CC-MAIN-2024-22") for n in range(3)
    ]
    assert len({row["id"] for row in found["c4-00000.json.gz"]}) == 3
    other = cases / "peer-jsonl" / "other-names.jsonl"
    assert "--columns text=raw_content,id=doc_id" in str(told(other, read(other)[1]))
