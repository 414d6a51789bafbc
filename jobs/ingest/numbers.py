"""Row numbers of JSONL files that were read in parts: each part counts from its own first line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from decantry.jobs.lake.few_rows import few_rows
from decantry.schemas.table import Column, Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, Row

_PLACES = (
    Column("warc_path", "string", "The file."),
    Column("part", "bigint", "Where the part starts."),
    Column("before", "bigint", "How many lines the parts before it have."),
)
_BEFORE = Table("staging/lines", "Lines before each part of a JSONL file.", _PLACES, key=("warc_path", "part"))


def numbered(rows: DataFrame, counts: Mapping[str, Sequence[Row]]) -> DataFrame:
    """The staged rows with `warc_offset` counted from the file's first line; `counts` has a row for each part."""
    from pyspark.sql import functions as F

    before = [place for parts in counts.values() for place in _lines_before(parts)]
    if not before:
        return rows
    places = few_rows(rows.sparkSession, _BEFORE, before)
    moved = F.col("warc_offset") + F.coalesce("before", F.lit(0))
    joined = rows.join(F.broadcast(places), ["warc_path", "part"], "left")
    return joined.withColumn("warc_offset", moved).select(*rows.columns)


def _lines_before(parts: Sequence[Row]) -> list[tuple[str, int, int]]:
    """`warc_path, part` of every part but a file's first, and how many lines the parts before it have."""
    found, total = [], 0
    for part in parts:
        if total:
            found.append((part["warc_path"], part["part"], total))
        total += part["lines"] or 0
    return found
