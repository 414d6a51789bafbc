"""Which files hold a text: looked for in their bytes, and in what Parquet has encoded and pages have compressed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyarrow.parquet as pq
import zstandard


def holding(folder: Path, wanted: Iterable[str]) -> dict[str, list[Path]]:
    """The files below the folder that hold each text; texts that none holds are left out."""
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
    """A page's markup as it was; other values in their own words."""
    return zstandard.ZstdDecompressor().decompress(value).decode() if isinstance(value, bytes) else str(value)
