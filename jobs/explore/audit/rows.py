"""The rows of a corpus in files, as an audit needs them: no ids or languages are required, and nothing is dropped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from decantry.jobs.ingest import ids
from decantry.jobs.ingest.formats import UnreadableFile, beginning, format_of
from decantry.jobs.ingest.options import ReadingOptions
from decantry.jobs.ingest.plan import Part, cut
from decantry.jobs.ingest.rows import batches_of
from decantry.jobs.ingest.texts import NoTextRows, read_texts
from decantry.jobs.process.address import public
from decantry.jobs.store.errors import SourceError
from decantry.schemas.table import Column

if TYPE_CHECKING:
    import pyarrow as pa

    from decantry.jobs.sources.source import Source

PART_BYTES = 16 << 20
"""Files are read in parts of this size. It does not depend on the machine, so that places are the same on any."""
COLUMNS = (
    Column("kind", "string", "document, reject, failed, or part: what a part of a file held.", nullable=False),
    Column("id", "string", "The place of the row in the corpus; sorts as the corpus does.", nullable=False),
    Column("source", "bigint", "The number of the file.", nullable=False),
    Column("part", "bigint", "Where the part of the file begins, in bytes.", nullable=False),
    Column("row", "bigint", "The number of the row in the part; of a part of JSON lines, its number of lines."),
    Column("name", "string", "The address of the document, or the id that the row gives."),
    Column("host", "string", "The host of the address."),
    Column("text", "string", "The text."),
    Column("reason", "string", "Why a row was not read."),
    Column("detail", "string", "The same in words; of a failed part what is wrong, of another its columns, as JSON."),
)

Row = dict[str, Any]


def options_of(columns: tuple[tuple[str, str], ...]) -> ReadingOptions:
    """The options for reading rows with these columns (`columns.parse`)."""
    return ReadingOptions("", "", "", "", "auto", "audit", keep_html=False, columns=columns)


def parts_of(sources: Sequence[Source]) -> list[tuple[int, Part]]:
    """The parts of the files, each with the number of its file. The sources have their sizes."""
    return [(number, part) for number, source in enumerate(sources) for part in cut(source, PART_BYTES)]


def read_parts(parts: Iterable[tuple[int, Part]], options: ReadingOptions) -> Iterator[pa.RecordBatch]:
    """The rows of the parts in record batches with COLUMNS."""
    yield from batches_of((row for number, part in parts for row in read_part(number, part, options)), COLUMNS)


def read_part(number: int, part: Part, options: ReadingOptions) -> Iterator[Row]:
    """The rows of one part: documents, rejects, and one row about the part. Nothing is raised for a bad file."""
    place = {"source": number, "part": part.start}
    lines, columns = None, None
    try:
        kind = format_of(part, beginning(part), "auto")
        if kind == "archive":
            raise UnreadableFile(
                f"{public(part.source.uri)}: it is an archive; an audit reads rows with texts, as Parquet or JSON lines"
            )
        for row in read_texts(part, kind, options, given_id) if kind != "empty" else ():
            if row["kind"] == "texts":
                lines, columns = row["lines"], json.dumps(row["columns"])
                continue
            at = row["warc_offset"]
            found = {**place, "kind": row["kind"], "id": key(number, part.start, at), "row": at}
            if row["kind"] == "document":
                yield found | {"name": row["url"] or row["id"], "host": row["host"], "text": row["text"]}
            else:
                yield found | {"reason": row["reason"], "detail": row["detail"]}
    except (SourceError, UnreadableFile, NoTextRows) as error:
        yield {**place, "kind": "failed", "id": key(number, part.start, 0), "detail": str(error)[:500]}
    yield {**place, "kind": "part", "id": key(number, part.start, 0), "row": lines, "detail": columns}


def given_id(value: Any) -> str | None:
    """The id that a row gives; None if it gives none that can be used. An audit needs no ids, so it rejects no row."""
    try:
        return ids.given_id(value)
    except ValueError:
        return None


def key(source: int, part: int, row: int) -> str:
    """The place of a row as text. Keys sort by file, and then by row."""
    return f"{source:07d}.{part:014d}.{row:011d}"


def first_rows(parts: Iterable[tuple[int, int, int | None]]) -> dict[tuple[int, int], int]:
    """How many rows of a file stand before each of its parts.

    `parts` are the number of the file, where the part begins, and its number of lines, or None if its rows are numbered
    from the file's first, as in Parquet.
    """
    found: dict[tuple[int, int], int] = {}
    before: dict[int, int] = {}
    for source, start, lines in sorted(parts, key=lambda part: part[:2]):
        found[source, start] = before.get(source, 0) if lines is not None else 0
        before[source] = before.get(source, 0) + (lines or 0)
    return found
