"""Compressed files of rows that are damaged: what can be read is read, and the reason is told."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
import zstandard

from tests.jobs.ingest.test_corpora import TEXT, read

_WINDOW_OF_1_GIB = zstandard.ZstdCompressionParameters(window_log=30)
_WIDE = zstandard.ZstdCompressor(compression_params=_WINDOW_OF_1_GIB).compressobj()
WIDE = _WIDE.compress(b'{"text": "t"}\n') + _WIDE.flush()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("rows.jsonl.zst", WIDE, "zstd needs a window of more than 128 MiB: compress the file again, with --long=27"),
        ("rows.jsonl.gz", gzip.compress(b'{"text": "t"}\n')[:9], "the file ends inside of a compressed member"),
        ("rows.json", b"[", "the array cannot be read after element 0: it ends early"),
    ],
)  # fmt: skip
def test_a_file_that_is_damaged_before_its_first_row_says_why(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found, count = read(path)
    assert (found, count["error"]) == ([], f"{path}: no row can be read: {why}")


def test_the_rows_before_damage_are_read(tmp_path: Path) -> None:
    lines = [json.dumps({"id": f"d-{n}", "text": f"{TEXT} {n * 7919 % 1000}"}).encode() + b"\n" for n in range(300)]
    packed = gzip.compress(b"".join(lines))
    half = len(packed) // 2
    frames = zstandard.compress(b"".join(lines[:100])) + zstandard.compress(b"".join(lines[100:]))
    for name, data, least in (
        ("sum.jsonl.gz", packed[:-8] + bytes(4) + packed[-4:], 300),
        ("noise.jsonl.gz", packed[:half] + b"\xff" * 40 + packed[half:], 100),
        ("cut.jsonl.zst", frames[:-40], 100),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        found, count = read(path)
        assert count["documents"] >= least
        assert [row["id"] for row in found[:100]] == [f"d-{n}" for n in range(100)]
        assert count["damages"] == 1
