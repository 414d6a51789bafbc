"""Reads judged texts from JSONL, a JSON array, Parquet, or a Delta table's folder."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from decantry.jobs.process.errors import UserError
from decantry.jobs.setup.cache import digest

KNOWN = ("text", "label", "score", "weight", "split", "group", "host", "url")
"""The columns that are read. `--columns` gives other names for them."""
JSONL = (".jsonl", ".json", ".ndjson", ".jsonl.gz", ".json.gz")
ARRAY = (".json", ".json.gz")
"""The endings of JSON files. A file may also be one JSON array, as `decantry sql --output json` prints it."""


@dataclass(frozen=True)
class Origin:
    """The source of rows: a file with its sha256, or a table with its version."""

    path: str
    sha256: str | None
    version: int | None
    rows: int


def read(paths: Sequence[Path], columns: Mapping[str, str]) -> tuple[list[dict[str, Any]], list[Origin]]:
    """The rows of all files, in order and with the columns of KNOWN, and the sources of the rows.

    Raises UserError for a file that is missing, has an unknown format, or cannot be read.
    """
    rows: list[dict[str, Any]] = []
    origins = []
    for path in paths:
        found, version = _read(path, columns)
        origins.append(Origin(str(path), None if path.is_dir() else digest(path), version, len(found)))
        rows += found
    return rows, origins


def mapping(options: Sequence[str], known: Sequence[str] = KNOWN) -> dict[str, str]:
    """The mapping of options like `text=body`. Raises UserError for another form or an unknown name."""
    found = {}
    for option in (part for each in options for part in each.split(",")):
        name, equals, column = option.partition("=")
        if not (equals and column) or name not in known:
            raise UserError(f"--columns is {option}: write NAME=COLUMN, where NAME is one of {', '.join(known)}")
        found[name] = column
    return found


def _read(path: Path, columns: Mapping[str, str]) -> tuple[list[dict[str, Any]], int | None]:
    """The rows, and the version if they come from a table."""
    if not path.exists():
        raise UserError(f"{path} does not exist: give a JSONL or Parquet file, or a Delta table's folder")
    try:
        if path.name.endswith(JSONL):
            return _lines(path, columns), None
        return _table(path, columns)
    except UserError:
        raise
    except Exception as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise UserError(f"{path} cannot be read: {reason[:200]}") from error


def _lines(path: Path, columns: Mapping[str, str]) -> list[dict[str, Any]]:
    with gzip.open(path, "rb") if path.name.endswith(".gz") else path.open("rb") as stream:
        first = next((line for line in stream if line.strip()), b"").lstrip()
        if path.name.endswith(ARRAY) and first.startswith(b"["):
            return _array(first + stream.read(), columns, path)
        stream.seek(0)
        return [
            _object(line, f"line {number},", columns, path) for number, line in enumerate(stream, 1) if line.strip()
        ]


def _array(content: bytes, columns: Mapping[str, str], path: Path) -> list[dict[str, Any]]:
    """The rows of one JSON array, as `decantry sql --output json` prints it."""
    try:
        rows = json.loads(content)
    except ValueError as error:
        raise UserError(f"{path} is not JSON: {error}") from error
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise UserError(f"{path}, row {number}, is not a JSON object")
    return [_named(row, columns, path) for row in rows]


def _object(line: bytes, place: str, columns: Mapping[str, str], path: Path) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as error:
        raise UserError(f"{path}, {place} is not JSON: {error}") from error
    if not isinstance(row, dict):
        raise UserError(f"{path}, {place} is not a JSON object")
    return _named(row, columns, path)


def _table(path: Path, columns: Mapping[str, str]) -> tuple[list[dict[str, Any]], int | None]:
    """The rows of a Parquet file or a Delta table. Only the needed columns are read."""
    version = None
    if path.is_dir():
        from deltalake import DeltaTable

        opened = DeltaTable(str(path))
        data, version = opened.to_pyarrow_dataset(), int(opened.version())
    else:
        from pyarrow import dataset

        data = dataset.dataset(str(path), format="parquet")
    names = [field.name for field in data.schema]
    wanted = {columns.get(name, name) for name in KNOWN}
    if missing := sorted(set(columns.values()) - set(names)):
        raise UserError(f"{path} has no column {missing[0]}: the columns are {', '.join(names)}")
    table = data.to_table(columns=[name for name in names if name in wanted])
    if not table.column_names:
        raise UserError(
            f"there is no column `text`: the columns are {', '.join(names)}; name it with --columns text=NAME"
        )
    return [_named(row, columns, path) for row in table.to_pylist()], version


def _named(row: dict[str, Any], columns: Mapping[str, str], path: Path) -> dict[str, Any]:
    """The row with the names of KNOWN. A column that was given another name is not read under its own."""
    if missing := [column for column in columns.values() if column not in row]:
        raise UserError(f"{path} has no column {missing[0]}: the columns are {', '.join(row)}")
    own = {name: value for name, value in row.items() if name not in columns and name not in columns.values()}
    if columns.keys() & {"label", "score"}:
        own = {name: value for name, value in own.items() if name not in ("label", "score")}
    return own | {name: row[column] for name, column in columns.items()}
