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


def rows(
    part: Part, wanted: Sequence[str] | Callable[[pa.Schema], Sequence[str]], needed: Sequence[str] = ()
) -> Iterator[tuple[int, dict[str, Any]]]:
    """The number of each row in the file, its `wanted` columns that the file has, and its partition columns.

    `wanted` are names, or a function from the file's schema to names. `a.b` is the field b of the struct a. Raises
    LookupError if a `needed` column is missing, SourceError, and Arrow's errors for a broken file.
    """
    import pyarrow.parquet as pq

    file = pq.ParquetFile(RandomAccess(part.source), coerce_int96_timestamp_unit="us")
    available = file.schema_arrow.names
    columns = list(wanted(file.schema_arrow)) if callable(wanted) else [name for name in wanted if name in available]
    if missing := sorted(set(needed) - set(columns)):
        raise LookupError(f"it has no column {' and '.join(missing)}")
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
