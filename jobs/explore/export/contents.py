"""What an export says of itself: counts, and the files that it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decantry.jobs.explore.export.write import File


@dataclass(frozen=True)
class Size:
    """How much text: documents, bytes of UTF-8, code points, and tokens where the corpus counts them."""

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
    """A crawl: the files that were read of it and their bytes, documents judged, and rows of the corpus.

    `common_crawl` says whether all files are Common Crawl's, by their paths.
    """

    crawl: str
    files: int
    bytes: int
    common_crawl: bool
    judged: int
    rows: int


@dataclass(frozen=True)
class StepTold:
    """A step: its name and kind, what it does, where it is from, and how many documents it saw and removed, by rule."""

    name: str
    kind: str
    about: str
    source: str
    seen: int
    removed: int
    rules: Mapping[str, int]


@dataclass(frozen=True)
class Tokens:
    """The tokenizer: its file's name and sha256, the type of its ids, and what ends a document."""

    name: str
    sha256: str
    vocabulary: int
    type: str
    end: str
    end_id: int


@dataclass(frozen=True)
class Contents:
    """What card, Croissant metadata and manifest are made of."""

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
    steps: tuple[StepTold, ...]
    columns: tuple[ColumnInfo, ...]
    files: tuple[File, ...]
    tokenizer: Tokens | None
