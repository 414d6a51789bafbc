"""Draws a sample of the texts of a JSONL or Parquet file. It is the same each time; a larger one contains a smaller."""

from __future__ import annotations

import gzip
import hashlib
import heapq
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from decantry.jobs.label.label import Text, text_hash
from decantry.jobs.models.read import ARRAY, JSONL
from decantry.jobs.models.well_formed import well_formed
from decantry.jobs.process.errors import UserError, first_line

NAMED = ("id", "text", "url", "host")
"""The columns that a row may have. The id of a row without one is the sha256 of its text."""


def order(seed: int, id: str) -> str:
    """The key by which rows are sorted to draw a sample: the sha256 of seed and id."""
    return hashlib.sha256(f"{seed}:{id}".encode()).hexdigest()


def missing(value: object) -> bool:
    """Whether the value is missing: None, or NaN, as in Parquet files by pandas."""
    return value is None or value != value


def sample(path: Path, columns: Mapping[str, str], count: int, seed: int) -> list[tuple[Text, str]]:
    """At most `count` texts of the file, each with its whole text. Of rows with the same id, the first counts.

    Raises UserError for a file that cannot be read, or a row without a text.
    """
    seen: set[str] = set()

    def drawn() -> Iterator[tuple[str, str, int, dict[str, Any]]]:
        for number, row in enumerate(rows(path), 1):
            named = {name: row.get(columns.get(name, name)) for name in NAMED}
            if not isinstance(named["text"], str):
                shown = f"{columns.get('text', 'text')} {named['text']!r:.60}"
                raise UserError(
                    f"{path}, row {number}: {shown} is not a text; name its column with --columns text=NAME"
                )
            text = well_formed(named["text"])
            id = text_hash(text) if missing(named["id"]) else well_formed(str(named["id"]))
            if id not in seen:
                seen.add(id)
                yield order(seed, id), id, number, named | {"id": id, "text": text}

    chosen = heapq.nsmallest(count, drawn())
    return [(_text(row), row["text"]) for *_, row in chosen]


def rows(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of the file. Raises UserError if it cannot be read."""
    if not path.is_file():
        raise UserError(f"{path} does not exist: give a JSONL or Parquet file")
    try:
        yield from _lines(path) if path.name.endswith(JSONL) else _parquet(path)
    except (OSError, EOFError, ValueError) as error:  # pyarrow raises ValueError and OSError
        raise UserError(f"{path} cannot be read: {first_line(error)}") from error


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rb") if path.name.endswith(".gz") else path.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            if not line.strip():
                continue
            array = path.name.endswith(ARRAY) and line.lstrip().startswith(b"[")
            try:
                found = json.loads(line + stream.read()) if array else [json.loads(line)]
            except (ValueError, RecursionError) as error:
                raise UserError(f"{path}, line {number}, is not JSON: {error}") from error
            if not all(isinstance(row, dict) for row in found):
                raise UserError(f"{path}, line {number}, is not a JSON object")
            yield from found


def _parquet(path: Path) -> Iterator[dict[str, Any]]:
    from pyarrow.parquet import ParquetFile

    for batch in ParquetFile(path).iter_batches(batch_size=1000):
        yield from batch.to_pylist()


def _text(row: Mapping[str, Any]) -> Text:
    url, host = (row[name] if isinstance(row[name], str) else None for name in ("url", "host"))
    return Text(row["id"], text_hash(row["text"]), row["text"], url, host)
