"""The contents of an export: counts, and the files that it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decantry.jobs.explore.export.write import File


@dataclass(frozen=True)
class Size:
    """An amount of text: documents, bytes of UTF-8, code points, and tokens if the corpus counts them."""

    documents: int
    bytes: int
    characters: int
    tokens: int | None


@dataclass(frozen=True)
class ColumnInfo:
    """A column of the rows: its name, Spark type and description."""

    name: str
    type: str
    about: str


@dataclass(frozen=True)
class Source:
    """A crawl: its files and their bytes, its judged documents, and its rows in the corpus.

    `common_crawl` is true if the paths of all files are those of Common Crawl.
    """

    crawl: str
    files: int
    bytes: int
    common_crawl: bool
    judged: int
    rows: int


@dataclass(frozen=True)
class StepCounts:
    """A step: its name and kind, what it does, its source, and how many documents it saw and each rule removed."""

    name: str
    kind: str
    about: str
    source: str
    seen: int
    removed: int
    rules: Mapping[str, int]


@dataclass(frozen=True)
class Tokens:
    """The tokenizer: its file's name and sha256, the type of its ids, and the token that ends a document."""

    name: str
    sha256: str
    vocabulary: int
    type: str
    end: str
    end_id: int


@dataclass(frozen=True)
class Contents:
    """Everything that the card, the Croissant metadata and the manifest need."""

    recipe: str
    title: str
    references: tuple[str, ...]
    definition: str
    recipe_hash: str
    extractor: str
    publication: str
    corpus_version: int
    published_at: datetime
    code: str
    license: str
    to: str
    seed: int
    shard_size: int
    total: Size
    judged: int
    languages: Mapping[str | None, Size]
    sources: tuple[Source, ...]
    steps: tuple[StepCounts, ...]
    columns: tuple[ColumnInfo, ...]
    files: tuple[File, ...]
    tokenizer: Tokens | None
