"""Writes the files of a shard in a task, and returns a row for each file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from itertools import groupby, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from decantry.jobs.explore.export.files import rows_to
from decantry.jobs.explore.export.place import Place, unwritten
from decantry.jobs.explore.export.sink import Sink
from decantry.jobs.explore.export.token_file import TokenFile

if TYPE_CHECKING:
    import pyarrow as pa

    from decantry.jobs.explore.export.tokenizer import Tokenizer

SHARD = "_shard"
"""The column with the number of a row's shard. It is not written to the file."""
FILE_TYPES = (
    "`kind` string, `path` string, `rows` bigint, `text_bytes` bigint, `tokens` bigint, `bytes` bigint, "
    "`sha256` string, `error` string"
)


@dataclass(frozen=True)
class File:
    """A file of an export. `kind` is rows, tokens, index, annotations or about; sizes are in bytes.

    `text_bytes` is the size of its documents' texts, and `tokens` the number of ids, with those that end documents;
    both are None for files without them. `error` says why the file could not be written.
    """

    kind: str
    path: str
    rows: int = 0
    text_bytes: int | None = None
    tokens: int | None = None
    bytes: int = 0
    sha256: str = ""
    error: str | None = None


@dataclass(frozen=True)
class Writing:
    """The options of a task: where to write files, their names, and the format of the rows."""

    place: Place
    count: int
    ending: str
    form: str
    kind: str = "rows"
    stem: str = "data/train"
    tokenizer: Tokenizer | None = None

    def path(self, shard: int, stem: str | None = None, ending: str | None = None) -> str:
        """The path of a shard's file, as Hugging Face names shards."""
        return f"{stem or self.stem}-{shard:05d}-of-{self.count:05d}.{ending or self.ending}"


def writer_of(writing: Writing) -> Callable[[Iterable[pa.RecordBatch]], Iterable[pa.RecordBatch]]:
    """A function for `mapInArrow` that takes rows in the order of SHARD, and returns rows of FILE_TYPES."""

    def write(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        for shard, pieces in groupby(_pieces(batches), key=itemgetter(0)):
            files = write_shard(writing, shard, map(itemgetter(1), pieces))
            yield pa.RecordBatch.from_pylist([asdict(file) for file in files], _schema())
            if any(file.error for file in files):
                for _ in batches:  # Spark requires that all rows are read
                    pass
                return

    return write


def write_shard(writing: Writing, shard: int, batches: Iterable[pa.RecordBatch]) -> list[File]:
    """Write the files of one shard, and return them. A file that cannot be written is returned with its error."""
    path = writing.path(shard)
    try:
        return _written(writing, shard, path, batches)
    except OSError as error:
        return [File(writing.kind, path, error=unwritten(f"{writing.place.root}/{path}", error))]
    except Untokenized as error:
        return [File(writing.kind, path, error=str(error))]


class Untokenized(Exception):
    """A document that the tokenizer could not encode."""


def _written(writing: Writing, shard: int, path: str, batches: Iterable[pa.RecordBatch]) -> list[File]:
    import pyarrow.compute as pc

    rows = text_bytes = 0
    files = []
    names = [writing.path(shard, "tokens/train", ending) for ending in ("bin", "idx")]
    with ExitStack() as open_:
        sink = Sink(open_.enter_context(writing.place.file(path)))
        tokens = None
        if writing.tokenizer is not None:
            ids = Sink(open_.enter_context(writing.place.file(names[0])))
            tokens = TokenFile(ids, writing.tokenizer.type)
        with ExitStack() as open_rows:
            write = None
            for batch in batches:
                if write is None:
                    write = open_rows.enter_context(rows_to(sink, writing.form, batch.schema))
                write(batch)
                rows += batch.num_rows
                if "text" in batch.schema.names:
                    text_bytes += pc.sum(pc.binary_length(batch.column("text"))).as_py() or 0
                if tokens is not None and writing.tokenizer is not None:
                    _tokenize(writing.tokenizer, batch, tokens)
        text = text_bytes if writing.kind == "rows" else None
        files.append(File(writing.kind, path, rows, text, None, sink.size, sink.sha256))
        if tokens is not None:
            index = Sink(open_.enter_context(writing.place.file(names[1])))
            index.write(tokens.index())
            files.append(File("tokens", names[0], rows, text, tokens.tokens, ids.size, ids.sha256))
            files.append(File("index", names[1], rows, text, tokens.tokens, index.size, index.sha256))
    return files


def _tokenize(tokenizer: Tokenizer, batch: pa.RecordBatch, tokens: TokenFile) -> None:
    texts = batch.column("text").to_pylist()
    try:
        for ids in tokenizer.encode(texts):
            tokens.add(ids)
    except Exception as error:  # what the package raises has no other class
        raise Untokenized(f"the tokenizer {tokenizer.name} fails on a document of the corpus: {error}") from None


def _pieces(batches: Iterable[pa.RecordBatch]) -> Iterator[tuple[int, pa.RecordBatch]]:
    """The batches, cut where the shard changes. Each piece comes with its shard, and without that column."""
    for batch in batches:
        if not batch.num_rows:
            continue
        shards = batch.column(SHARD).to_numpy()
        rows = batch.select([name for name in batch.schema.names if name != SHARD])
        ends = [0, *(np.flatnonzero(np.diff(shards)) + 1).tolist(), batch.num_rows]
        for start, end in pairwise(ends):
            yield int(shards[start]), rows.slice(start, end - start)


def _schema() -> pa.Schema:
    import pyarrow as pa

    whole, text = pa.int64(), pa.string()
    types = [text, text, whole, whole, whole, whole, text, text]
    return pa.schema(list(zip(File.__dataclass_fields__, types, strict=True)))
