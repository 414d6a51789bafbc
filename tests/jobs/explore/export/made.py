"""Made exports: rows, their files and their description, with a given text wherever a text may occur."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from decantry.jobs.explore.export.card import card
from decantry.jobs.explore.export.contents import ColumnInfo, Contents, Size, Source, StepCounts, Tokens
from decantry.jobs.explore.export.croissant import croissant
from decantry.jobs.explore.export.manifest import manifest
from decantry.jobs.explore.export.place import Place
from decantry.jobs.explore.export.tokenizer import Tokenizer
from decantry.jobs.explore.export.write import SHARD, File, Writing, write_shard
from decantry.schemas.corpus import BASE

ARROW = {"string": pa.string(), "double": pa.float64(), "bigint": pa.int64(), "int": pa.int32()}
SCHEMA = pa.schema([(column.name, ARROW[column.type]) for column in BASE])


def rows(texts: Sequence[str]) -> pa.RecordBatch:
    """Rows of a corpus. Each text is also the row's address and crawl."""
    made = [
        {
            "text": text,
            "id": f"<urn:uuid:{number}>",
            "dump": text,
            "url": f"https://pages.example.org/{text}",
            "language": "en",
            "language_score": 0.5 + number / 1000,
            "token_count": len(text.split()),
            "copy": 0,
        }
        for number, text in enumerate(texts)
    ]
    return pa.RecordBatch.from_pylist(made, SCHEMA)


def numbered(batch: pa.RecordBatch, shards: Sequence[int]) -> pa.RecordBatch:
    """The rows with the numbers of their shards, as tasks get them."""
    return batch.append_column(SHARD, pa.array(shards, pa.int32()))


def contents(text: str = "A corpus about tides", files: Sequence[File] = (), **changed: object) -> Contents:
    """The contents of an export in which every text from a page, a recipe or a lake is `text`."""
    size = Size(1234, 56789, 50000, 9876)
    step = StepCounts("words", "where", text, text, 50, 30, {"short_doc": 29, text: 1})
    made = Contents(
        recipe="quiet-pets",
        title=text,
        references=(text,),
        definition=f"recipe: quiet-pets\ntitle: {text}",
        recipe_hash="dcd0774d230aa044",
        extractor="resiliparse",
        publication="quiet-pets@3",
        corpus_version=8,
        published_at=datetime(2026, 11, 30, 2, 5),
        code="0.1.0",
        license="other",
        to="hf",
        seed=7,
        shard_size=1000,
        total=size,
        judged=50,
        languages={"en": size, None: size, text: size},
        sources=(Source(text, 3, 10**9, False, 50, 20),),
        steps=(step,),
        columns=tuple(ColumnInfo(column.name, column.type, column.about) for column in BASE),
        files=tuple(files) or (File("rows", "data/train-00000-of-00001.parquet", 1234, 56789, None, 100, "0" * 64),),
        tokenizer=Tokens("tokenizer.json", "1" * 64, 300, "uint16", "<|endoftext|>", 0),
    )
    return replace(made, **changed)  # type: ignore[arg-type]


def export(folder: Path, texts: Sequence[str], title: str, tokenizer: Tokenizer | None = None) -> Contents:
    """An export for Hugging Face in `folder`, in two shards, written without Spark."""
    folder.mkdir()
    place = Place(str(folder))
    writing = Writing(place, 2, "parquet", "parquet", tokenizer=tokenizer)
    half = len(texts) // 2
    batch = rows(texts)
    parts = (batch.slice(0, half), batch.slice(half))
    files = [file for shard, part in enumerate(parts) for file in write_shard(writing, shard, [part])]
    assert [file.error for file in files if file.error] == []
    size = Size(len(texts), sum(len(text.encode()) for text in texts), sum(map(len, texts)), None)
    told = None
    if tokenizer is not None:
        told = Tokens(
            tokenizer.name, tokenizer.sha256, tokenizer.vocabulary, tokenizer.type, tokenizer.end, tokenizer.end_id
        )
    made = contents(title, files, total=size, languages={"en": size}, tokenizer=told)
    for path, text in (
        ("README.md", card(made)),
        ("croissant.json", croissant(made)),
        ("manifest.json", manifest(made)),
    ):
        with place.file(path) as file:
            file.write(text.encode())
    return made


def batches(batch: pa.RecordBatch, size: int) -> Iterator[pa.RecordBatch]:
    """The rows in batches of `size`."""
    for start in range(0, batch.num_rows, size):
        yield batch.slice(start, size)
