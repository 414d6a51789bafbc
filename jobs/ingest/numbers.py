"""Row numbers of JSONL files that were read in parts. Each part counts from its own first line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.process.spark import F
from decantry.schemas.table import Column, Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, Row

_COLUMNS = (
    Column("warc_path", "string", "The file."),
    Column("part", "bigint", "Where the part starts."),
    Column("before", "bigint", "How many lines the parts before it have."),
)
_BEFORE = Table("staging/lines", "Lines before each part of a JSONL file.", _COLUMNS, key=("warc_path", "part"))


def numbered(rows: DataFrame, counts: Mapping[str, Sequence[Row]]) -> DataFrame:
    """The staged rows with `warc_offset` counted from the file's first line. `counts` are the files' count rows."""
    before = [row for parts in counts.values() for row in _lines_before(parts)]
    if not before:
        return rows
    lines = few_rows(rows.sparkSession, _BEFORE, before)
    offset = F.col("warc_offset") + F.coalesce("before", F.lit(0))
    joined = rows.join(F.broadcast(lines), ["warc_path", "part"], "left")
    return joined.withColumn("warc_offset", offset).select(*rows.columns)


def _lines_before(parts: Sequence[Row]) -> list[tuple[str, int, int]]:
    """`warc_path, part, before` of each part after the file's first lines: how many lines the parts before it have."""
    found, total = [], 0
    for part in parts:
        if total:
            found.append((part["warc_path"], part["part"], total))
        total += part["lines"] or 0
    return found
