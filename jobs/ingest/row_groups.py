"""The rows of those row groups of a Parquet file that begin in one part of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from decantry.jobs.ingest.arrow_values import values
from decantry.jobs.sources.random_access import RandomAccess

if TYPE_CHECKING:
    import pyarrow as pa

    from decantry.jobs.ingest.plan import Part

ROWS = 256
"""The number of rows that are decoded at a time."""


def rows(part: Part, wanted: Callable[[pa.Schema], Sequence[str]]) -> Iterator[tuple[int, dict[str, Any]]]:
    """The number of each row in the file, its wanted columns, and its partition columns.

    `wanted` is given the file's schema and returns names. `a.b` is the field b of the struct a. Raises SourceError,
    what `wanted` raises, and Arrow's errors for a broken file.
    """
    import pyarrow.parquet as pq

    with RandomAccess(part.source) as source:
        file = pq.ParquetFile(source, coerce_int96_timestamp_unit="us")
        columns = list(wanted(file.schema_arrow))
        first = 0
        for number in range(file.num_row_groups):
            group = file.metadata.row_group(number)
            if _begins_in(part, group):
                row = first
                for batch in file.iter_batches(batch_size=ROWS, row_groups=[number], columns=columns):
                    for found in zip(*(values(column) for column in batch.columns), strict=True):
                        yield row, {**dict(zip(batch.schema.names, found, strict=True)), **dict(part.source.columns)}
                        row += 1
            first += group.num_rows


def _begins_in(part: Part, group: Any) -> bool:
    """Whether the row group belongs to the part. Each belongs to exactly one part, whatever offset its metadata has."""
    chunk = group.column(0)
    pages = [chunk.data_page_offset, *([chunk.dictionary_page_offset] if chunk.has_dictionary_page else [])]
    begin = min(pages)
    return (not part.start or begin >= part.start) and (part.end is None or begin < part.end)
