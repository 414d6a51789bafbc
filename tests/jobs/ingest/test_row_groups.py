"""A Parquet file in parts: exactly one part reads each row group."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from decantry.jobs.ingest.plan import Part
from decantry.jobs.ingest.row_groups import rows
from decantry.jobs.sources.source import Source, inspect


@pytest.fixture
def file(tmp_path: Path) -> Source:
    path = tmp_path / "texts.parquet"
    table = pa.table({"text": [f"text {n}" for n in range(1000)], "id": [str(n) for n in range(1000)]})
    pq.write_table(table, path, row_group_size=100)
    return inspect(Source(str(path), str(path)))


@pytest.mark.parametrize("count", [1, 2, 3, 7, 50])
def test_every_row_is_read_once_and_numbered_as_in_the_file(file: Source, count: int) -> None:
    size = file.bytes or 0
    edges = [size * n // count for n in range(count)]
    parts = [Part(file, begin, end) for begin, end in zip(edges, [*edges[1:], None], strict=True)]
    found = [row for part in parts for row in rows(part, lambda schema: schema.names[::-1])]
    assert found == [(n, {"id": str(n), "text": f"text {n}"}) for n in range(1000)]


def test_half_a_file_has_half_of_its_row_groups(file: Source) -> None:
    first = list(rows(Part(file, 0, (file.bytes or 0) // 2), lambda schema: ["id"]))
    assert 300 <= len(first) <= 700 and len(first) % 100 == 0
