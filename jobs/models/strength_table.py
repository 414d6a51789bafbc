"""Reads a table of texts with the bits per character that models need for them, and the ranking of the models."""

from __future__ import annotations

import gzip
import json
import math
from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decantry.jobs.models.read import JSONL
from decantry.jobs.models.strength import pairs
from decantry.jobs.process.errors import UserError, first_line

if TYPE_CHECKING:
    from numpy.typing import NDArray

BATCH = 1024
"""How many rows of a Parquet file are in memory at a time."""


def read_ranking(path: Path) -> dict[str, float]:
    """The benchmark score of each model: a JSON object like `{"llama-7b": 75.38, "llama-13b": 77.27}`.

    Raises UserError for another form, for fewer than two models, and if all scores are equal.
    """
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise UserError(f"--ranking is {path}, which cannot be read: {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        raise UserError(f"--ranking is {path}, which is not JSON: {error}") from None
    form = 'give models and benchmark scores, like {"llama-7b": 75.38, "llama-13b": 77.27}'
    if not isinstance(found, dict) or len(found) < 2:
        raise UserError(f"--ranking is {path}, which does not name two models: {form}")
    for model, score in found.items():
        if number(score) is None or not math.isfinite(score):
            raise UserError(f"--ranking is {path}, where {model} has the score {score!r:.80}: {form}")
    if not pairs(found):
        raise UserError(f"--ranking is {path}, where all models have the same score: give models with different scores")
    return {model: float(score) for model, score in found.items()}


def read_bits(table: Path, models: Sequence[str]) -> dict[str, NDArray[Any]]:
    """By model, its bits per character for each text; NaN if the value is null or missing.

    Raises UserError for a row without a text, a value that is not a number, and a model without any value.
    """
    import numpy as np

    bits = {model: array("d") for model in models}
    seen: dict[str, None] = {}
    count = 0
    for count, row in enumerate(rows(table, ["text", *models]), 1):
        seen.update(dict.fromkeys(row))
        if not isinstance(row.get("text"), str):
            raise UserError(
                f"{table}, row {count}, has {row.get('text')!r:.80} instead of a text: every row needs a `text`"
            )
        for model, values in bits.items():
            value = row.get(model)
            if value is not None and number(value) is None:
                raise UserError(
                    f"{table}, row {count}, has {value!r:.80} for {model}: bits per character must be a number"
                )
            values.append(math.nan if value is None else float(value))
    if not count:
        raise UserError(f"{table} has no rows: give texts with a column for each model")
    if missing := next((model for model in models if model not in seen), None):
        there = ", ".join(next(rows(table)))
        raise UserError(f"{table} has no column {missing}, which the ranking names: its first row has {there}")
    return {model: np.frombuffer(values, dtype=float) for model, values in bits.items()}


def rows(table: Path, columns: Sequence[str] | None = None) -> Iterator[dict[str, Any]]:
    """The rows of a JSONL or Parquet file, in order, with the given columns (all if None) as far as rows have them.

    Only a few rows are in memory at a time. Raises UserError for a file that is missing or cannot be read.
    """
    if not table.is_file():
        raise UserError(f"{table} does not exist: give a JSONL or Parquet file")
    try:
        yield from _lines(table, columns) if table.name.endswith(JSONL) else _batches(table, columns)
    except UserError:
        raise
    except Exception as error:
        raise UserError(f"{table} cannot be read: {first_line(error)}") from error


def number(value: Any) -> float | None:
    """The value, if it is a number that a float can hold."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return None


def _lines(table: Path, columns: Sequence[str] | None) -> Iterator[dict[str, Any]]:
    with gzip.open(table, "rb") if table.name.endswith(".gz") else table.open("rb") as stream:
        for at, line in enumerate(stream, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError) as error:
                raise UserError(f"{table}, line {at}, is not JSON: {error}") from None
            if not isinstance(row, dict):
                raise UserError(f"{table}, line {at}, is not a JSON object")
            yield row if columns is None else {name: row[name] for name in columns if name in row}


def _batches(table: Path, columns: Sequence[str] | None) -> Iterator[dict[str, Any]]:
    from pyarrow import parquet

    with parquet.ParquetFile(table) as file:
        present = None if columns is None else [name for name in columns if name in file.schema_arrow.names]
        for batch in file.iter_batches(BATCH, columns=present):
            yield from batch.to_pylist()
