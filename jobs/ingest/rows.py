"""The rows that a reading task returns to Spark: documents, rejects, pages and counts in one schema with a `kind`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from decantry.schemas import documents, pages, rejects
from decantry.schemas.table import Column
from decantry.udfs.page.page import clean

if TYPE_CHECKING:
    import pyarrow as pa

    from decantry.udfs.archive.candidates import Rejected

MAX_BYTES = 16 << 20
"""A record batch ends when its texts (in characters, or bytes) and markup (in bytes) reach this size."""
MAX_ROWS = 1000
"""The most rows in a record batch."""

COUNTS = (
    Column("kind", "string", "What the row is: document, reject, page or count.", nullable=False),
    Column("records", "bigint", "How many records the part held."),
    Column("documents", "bigint", "How many became documents."),
    Column("rejects", "bigint", "How many candidates were rejected."),
    Column("damages", "bigint", "How many stretches held no record."),
    Column("skipped", "map<string,bigint>", "Why records were not candidates, and how many."),
    Column("crawls", "map<string,bigint>", "The crawls of the documents, and how many."),
    Column("noted", "map<string,bigint>", "What was noted of documents, and of how many."),
    Column("reasons", "map<string,bigint>", "The reasons of the rejects, and how many."),
    Column("columns", "string", "The columns of the first row; null where the file holds no rows."),
    Column("error", "string", "Why the part could not be read."),
    Column("part", "bigint", "Where the part starts; also of a text's document or reject."),
    Column("lines", "bigint", "How many lines of a JSONL file begin in the part."),
    Column("first", "bigint", "Where the part's first member begins."),
    Column("next", "bigint", "Where the next part's first member must begin."),
)
"""The columns of the rows that count a part, which has a file's path and crawl too."""

Row = dict[str, Any]

COLUMNS: dict[str, Column] = {
    column.name: Column(column.name, column.type, column.about)
    for column in (*COUNTS, *documents.TABLE.columns, *rejects.TABLE.columns, *pages.TABLE.columns)
    if column.name != "run_id"
}
"""Every column of a row, by name. Columns that a kind does not use are null."""


def spark_schema() -> str:
    """The schema of the rows for Spark, as DDL."""
    return ", ".join(f"`{column.name}` {column.type}" for column in COLUMNS.values())


def arrow_schema(columns: Iterable[Column]) -> pa.Schema:
    """The schema of the columns for Arrow."""
    import pyarrow as pa

    types = {
        "string": pa.string(),
        "int": pa.int32(),
        "bigint": pa.int64(),
        "double": pa.float64(),
        "boolean": pa.bool_(),
        "timestamp": pa.timestamp("us", tz="UTC"),
        "binary": pa.binary(),
        "map<string,bigint>": pa.map_(pa.string(), pa.int64()),
        "map<string,string>": pa.map_(pa.string(), pa.string()),
    }
    return pa.schema([(column.name, types[column.type]) for column in columns])


def reject_row(rejected: Rejected, offset: int, length: int | None, file: Row, extractor: str) -> Row:
    """The row of a reject. `file` has the columns of its file, such as `warc_path` and `crawl`."""
    return {
        "kind": "reject",
        "stage": rejected.stage,
        "reason": rejected.reason,
        "detail": rejected.detail.replace("\0", "").encode("utf-8", "replace").decode()[:500],
        "id": None if rejected.id is None else clean(rejected.id),
        "url": None if rejected.url is None else clean(rejected.url),
        "warc_offset": offset,
        "length": length,
        "extractor": extractor,
        **file,
    }


def batches_of(rows: Iterable[Row], columns: Iterable[Column]) -> Iterator[pa.RecordBatch]:
    """The rows in record batches of at most MAX_ROWS rows and about MAX_BYTES."""
    import pyarrow as pa

    schema = arrow_schema(columns)
    batch: list[Row] = []
    size = 0
    for row in rows:
        batch.append(row)
        size += len(row.get("text") or "") + len(row.get("html") or b"")
        if size >= MAX_BYTES or len(batch) >= MAX_ROWS:
            yield pa.RecordBatch.from_pylist(batch, schema=schema)
            batch, size = [], 0
    if batch:
        yield pa.RecordBatch.from_pylist(batch, schema=schema)
