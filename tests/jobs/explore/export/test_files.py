from __future__ import annotations

import gzip
import io
import json
import math
from datetime import datetime, timezone

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from decantry.jobs.explore.export import files
from decantry.jobs.explore.export.files import line_of, rows_to
from decantry.jobs.explore.export.sink import Sink
from tests.jobs.explore.export.made import SCHEMA, batches, rows
from tests.jobs.explore.report.hostile import HOSTILE

TEXTS = ["A page.\nIts second line.", "", "潮汐 🌊", *HOSTILE]


def written(form: str, parts: list[pa.RecordBatch]) -> bytes:
    out = io.BytesIO()
    with rows_to(Sink(out), form, parts[0].schema) as write:
        for part in parts:
            write(part)
    return out.getvalue()


def unpacked(form: str, content: bytes) -> bytes:
    if form == "gz":
        return gzip.decompress(content)
    return zstandard.ZstdDecompressor().stream_reader(io.BytesIO(content)).read()


@pytest.mark.parametrize("form", ["gz", "zst"])
def test_every_row_is_a_line_for_readers_of_lines_of_any_kind(form: str) -> None:
    batch = rows([*TEXTS, "a\x85b\u2028c\u2029d\x0b\x0c\x1c\x1d\x1e"])
    lines = unpacked(form, written(form, list(batches(batch, 7)))).decode()
    assert lines.endswith("\n") and len(lines.splitlines()) == batch.num_rows
    assert [json.loads(line) for line in lines.splitlines()] == batch.to_pylist()


@pytest.mark.parametrize("form", ["gz", "zst"])
def test_packed_lines_are_the_same_for_any_batches_and_at_any_time(form: str) -> None:
    batch = rows([*TEXTS, *(f"{number} " * 90_000 for number in range(5))])
    assert written(form, [batch]) == written(form, list(batches(batch, 5)))
    assert form == "zst" or written(form, [batch])[:10] == bytes.fromhex("1f8b0800 00000000 0003")


def test_parquet_has_the_same_rows_and_is_the_same_for_any_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    batch = rows(TEXTS)
    content = written("parquet", [batch])
    table = pq.read_table(io.BytesIO(content))
    assert table.schema.remove_metadata() == SCHEMA and table.to_pylist() == batch.to_pylist()
    chunk = pq.ParquetFile(io.BytesIO(content)).metadata.row_group(0).column(0)
    assert (chunk.path_in_schema, chunk.compression, chunk.is_stats_set) == ("text", "ZSTD", False)
    monkeypatch.setattr(files, "ROW_GROUP_BYTES", 600)
    small = pq.ParquetFile(io.BytesIO(written("parquet", list(batches(batch, 3)))))
    assert small.metadata.num_row_groups > 5
    assert small.read().to_pylist() == batch.to_pylist()


def test_a_line_is_json_whatever_a_column_holds() -> None:
    row = {
        "score": math.nan,
        "least": -math.inf,
        "at": datetime(2026, 11, 30, tzinfo=timezone.utc),
        "list": [math.inf, None, "\u2028"],
        "struct": {"a": 1, "b": math.nan},
        "true": True,
    }
    assert line_of(row) == (
        '{"score": null, "least": null, "at": "2026-11-30T00:00:00+00:00", "list": [null, null, "\\u2028"], '
        '"struct": {"a": 1, "b": null}, "true": true}\n'
    )
