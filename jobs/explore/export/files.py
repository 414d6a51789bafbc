"""Writes rows to the file of a shard, as Parquet or JSON lines."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import pyarrow as pa

    from decantry.jobs.explore.export.sink import Sink

ENDINGS = {"parquet": "parquet", "gz": "jsonl.gz", "zst": "jsonl.zst"}
"""The file formats of rows, each with the ending of its file names."""
ROW_GROUP_BYTES = 64 << 20
"""The size of a row group's rows before compression, in bytes. A task holds one row group at a time."""
BLOCK_BYTES = 1 << 20
"""The size of the lines that are compressed at a time, in bytes."""
LEVEL = {"parquet": 3, "gz": 6, "zst": 3}
"""The default compression levels of zstd and gzip."""
_LINE_ENDS = {character: f"\\u{ord(character):04x}" for character in "\x85\u2028\u2029"}
"""Characters that some readers treat as the end of a line, and that JSON does not escape."""


class Writer(Protocol):
    """Writes rows to a file, batch by batch."""

    def __call__(self, batch: pa.RecordBatch) -> None:
        """Write the rows of the batch."""


@contextmanager
def rows_to(sink: Sink, form: str, schema: pa.Schema) -> Iterator[Writer]:
    """A writer of rows with this schema. `form` is `parquet`, `gz` or `zst`."""
    with _parquet(sink, schema) if form == "parquet" else _lines(sink, form) as writer:
        yield writer


@contextmanager
def _parquet(sink: Sink, schema: pa.Schema) -> Iterator[Writer]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    few = [field.name for field in schema if field.name in ("dump", "file_path", "language", "removed_by", "crawl")]
    counted = [field.name for field in schema if field.name != "text" and not pa.types.is_nested(field.type)]
    held: list[pa.RecordBatch] = []
    with pq.ParquetWriter(
        sink,
        schema,
        compression="zstd",
        compression_level=LEVEL["parquet"],
        use_dictionary=few,
        write_statistics=counted,
    ) as writer:

        def write(batch: pa.RecordBatch) -> None:
            held.append(batch)
            if sum(each.nbytes for each in held) >= ROW_GROUP_BYTES:
                flush()

        def flush() -> None:
            writer.write_table(pa.Table.from_batches(held, schema), row_group_size=1 << 30)
            held.clear()

        yield write
        if held:
            flush()


@contextmanager
def _lines(sink: Sink, form: str) -> Iterator[Writer]:
    pack, held = _packer(form), bytearray()

    def write(batch: pa.RecordBatch) -> None:
        for row in batch.to_pylist():
            held.extend(line_of(row).encode())
            while (
                len(held) >= BLOCK_BYTES
            ):  # compressed bytes depend on where the lines are cut, so the cuts must not depend on the batches
                sink.write(pack.compress(bytes(held[:BLOCK_BYTES])))
                del held[:BLOCK_BYTES]

    yield write
    sink.write(pack.compress(bytes(held)) + pack.flush())


def _packer(form: str) -> Any:
    if form == "gz":
        from zlib_ng import zlib_ng

        return zlib_ng.compressobj(LEVEL[form], wbits=31)  # a gzip header without name and time
    import zstandard

    return zstandard.ZstdCompressor(level=LEVEL[form]).compressobj()


def line_of(row: Mapping[str, Any]) -> str:
    """The row as one line of JSON, with its newline. NaN and infinity become null; timestamps are ISO 8601."""
    try:
        line = json.dumps(row, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError):
        line = json.dumps(_plain(row), ensure_ascii=False, allow_nan=False)
    if not line.isascii():
        for character, escape in _LINE_ENDS.items():
            line = line.replace(character, escape)
    return line + "\n"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {str(name): _plain(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value.isoformat() if isinstance(value, datetime) else value
