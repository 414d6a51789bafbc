"""Writes rows to standard output as a table, CSV or one JSON array. CSV and JSON are streamed."""

from __future__ import annotations

import base64
import csv
import json
import math
import re
from collections.abc import Iterator
from datetime import date, datetime, timezone
from decimal import Decimal
from io import StringIO
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, TextIO

from decantry.jobs.process.errors import UserError
from decantry.jobs.process.java_errors import first_line
from decantry.jobs.process.terminal import counted, harmless

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

FORMATS = ("table", "csv", "json")
CELL = 80
DESCRIPTION = "function_desc"
"""The column of `DESCRIBE FUNCTION`. Its cells are shown with all their lines, because they are there to be read."""
_CLASSED = re.compile(r"\[[A-Z][A-Z_.]+\] (.{1,400}?)(?: SQLSTATE: \w+)?$", re.M)


def write(rows: DataFrame, output: str, limit: int | None, stream: TextIO) -> None:
    """Write at most `limit` rows (all when None) of the frame to `stream`.

    Raises UserError if the query fails while it runs, or if JSON would lose one of two columns with the same name.
    """
    names = rows.columns
    twice = next((name for number, name in enumerate(names) if name in names[:number]), None)
    if output == "json" and twice is not None:
        raise UserError(f"two columns have the name {twice}, and JSON would lose one: rename one with AS")
    rows = zoneless(rows)
    # one row more than asked for shows whether there are more
    found = _found(rows if limit is None else rows.limit(limit + 1))
    taken = found if limit is None else islice(found, limit)
    if output == "json":
        _json(names, taken, stream)
    elif output == "csv":
        _csv(names, taken, stream)
    else:
        _table(names, taken, stream)
        if next(iter(found), None) is not None:
            stream.write(f"... more rows: only the first {limit} are shown; use --limit N to see more\n")


def zoneless(rows: DataFrame) -> DataFrame:
    """The rows, with timestamps that have no time zone as text: Python would print them with one."""
    from pyspark.sql import functions as F

    names = [f"c{number}" for number in range(len(rows.columns))]  # a query may use one name twice
    moments = [name for name, (_, kind) in zip(names, rows.dtypes, strict=True) if kind == "timestamp_ntz"]
    if not moments:
        return rows
    texts = {name: F.translate(F.col(name).cast("string"), " ", "T") for name in moments}
    return rows.toDF(*names).withColumns(texts).toDF(*rows.columns)


def _found(rows: DataFrame) -> Iterator[tuple[Any, ...]]:
    """The rows, one partition at a time. Raises UserError if the query fails while it runs."""
    from py4j.protocol import Py4JJavaError
    from pyspark.errors import PySparkException

    try:
        for row in rows.toLocalIterator():
            yield tuple(plain(value) for value in row)
    except (ValueError, OverflowError) as error:
        raise UserError(f"the query returned a value that cannot be shown: {first_line(error)}") from None
    except PySparkException as error:
        raise UserError(f"the query failed: {first_line(error)}") from None
    except Py4JJavaError as error:
        # the error of a task is wrapped in others: the error class, in brackets, marks the cause
        marked = _CLASSED.search(str(error))
        if marked is None:
            raise
        raise UserError(f"the query failed: {marked[1]}") from None


def plain(value: Any) -> Any:
    """`value` for JSON: timestamps as ISO 8601 in UTC, binary as base64, maps and structs as objects, NaN as null.

    A decimal that equals no float becomes text. A map's key that is not text becomes its JSON text. Raises ValueError
    for a struct with two fields of the same name, because one would be lost.
    """
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime):
        aware = value.replace(tzinfo=timezone.utc) if value.tzinfo is None else value.astimezone(timezone.utc)
        return aware.isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray)):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, Decimal):
        if value == value.to_integral_value():
            return int(value)
        return float(value) if Decimal(repr(float(value))) == value else str(value)
    if hasattr(value, "asDict"):
        names = value.__fields__
        if len(set(names)) < len(names):
            raise ValueError(f"the struct with the fields {', '.join(names)} has two fields of one name")
        return {name: plain(part) for name, part in zip(names, value, strict=True)}
    if isinstance(value, dict):
        return {_key(plain(key)): plain(part) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    return value if isinstance(value, (str, int, bool, type(None))) else str(value)


def _key(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _json(names: list[str], rows: Iterator[tuple[Any, ...]], stream: TextIO) -> None:
    number = -1
    for number, row in enumerate(rows):
        stream.write(",\n" if number else "[\n")
        stream.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=True, allow_nan=False))
    stream.write("[\n]\n" if number < 0 else "\n]\n")


def _csv(names: list[str], rows: Iterator[tuple[Any, ...]], stream: TextIO) -> None:
    line = StringIO(newline="")
    writer = csv.writer(line, lineterminator="\r\n")  # makes the writer quote cells with CR or LF
    shown = harmless if stream.isatty() else str  # a file or pipe gets the text unchanged
    for row in chain([tuple(names)], rows):
        writer.writerow(["" if cell is None else shown(_text(cell)) for cell in row])
        stream.write(line.getvalue().removesuffix("\r\n") + "\n")
        line.seek(0)
        line.truncate()


def _table(names: list[str], rows: Iterator[tuple[Any, ...]], stream: TextIO) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    body = [list(row) for row in rows]
    for number, name in enumerate(names):
        numeric = any(isinstance(row[number], (int, float)) for row in body)
        table.add_column(Text(harmless(name)), justify="right" if numeric else "left", overflow="fold")
    for row in body:
        table.add_row(*(Text(_cell(cell, name)) for cell, name in zip(row, names, strict=True)))
    width = None if stream.isatty() else 200
    Console(file=stream, width=width, highlight=False).print(table)
    stream.write(f"{counted(len(body), 'row')}\n")


def _cell(value: Any, name: str) -> str:
    if name == DESCRIPTION:
        return "\n".join(harmless(line) for line in str(value).splitlines())
    text = harmless("null" if value is None else _text(value))
    return text if len(text) <= CELL else text[: CELL - 1] + "…"


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else str(value)
