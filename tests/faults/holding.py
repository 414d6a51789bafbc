"""Finds the files that contain a text: in their bytes, in Parquet values, and in compressed pages."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq
import zstandard


def holding(folder: Path, wanted: Iterable[str]) -> dict[str, list[Path]]:
    """For each text, the files below the folder that contain it. Texts without such a file have no key."""
    found = defaultdict(list)
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            said = _said(file)
            for text in wanted:
                if text in said:
                    found[text].append(file)
    return dict(found)


def _said(file: Path) -> str:
    said = file.read_bytes().decode(errors="replace")
    if file.suffix == ".parquet":
        rows = pq.ParquetFile(file).read().to_pylist()
        said += json.dumps(rows, ensure_ascii=False, default=_plain)
    return said


def _plain(value: object) -> str:
    """A page's decompressed markup; other values as strings."""
    return zstandard.ZstdDecompressor().decompress(value).decode() if isinstance(value, bytes) else str(value)
