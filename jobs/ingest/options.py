"""The options of an ingest, its report, and the ingest hash, which identifies how a file was read."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from decantry.jobs.ingest import versions
from decantry.jobs.ingest.child import Lost
from decantry.jobs.ingest.columns import parse
from decantry.jobs.ingest.isolation import isolated
from decantry.jobs.process.errors import UserError
from decantry.jobs.setup.cache import digest, model_path
from decantry.jobs.setup.executors import on_executors
from decantry.jobs.sources.names import FORMATS
from decantry.udfs.archive.paths import LONGEST_CRAWL, is_crawl
from decantry.udfs.page.html import EXTRACTORS, NATIVE, extractor_name
from decantry.udfs.page.language import LanguageModel, ModelError


@dataclass(frozen=True)
class IngestOptions:
    """The options of an ingest.

    `crawl` overrides the crawl that archives name themselves. `limit` is a number of archives. `language_model` is
    `package:NAME`, a path, or a URI with `#sha256=...`. `batch_archives` archives are committed together. With
    `structure` the blocks of pages are kept, for which the extractor must be one that has them.
    """

    crawl: str | None = None
    format: str = "auto"
    keep_html: bool = False
    structure: bool = False
    limit: int | None = None
    on_bad_file: str = "skip"
    extractor: str = "resiliparse"
    language_model: str = "package:lid.176.ftz"
    batch_archives: int = 500
    columns: str | None = None
    """The columns of rows, such as `text=content,id=doc_id` (jobs/ingest/columns.py)."""


@dataclass
class IngestReport:
    """The result of an ingest. `damaged`, `empty`, `failed` and `usable` count files (`Line.usable`)."""

    archives: int = 0
    already_done: int = 0
    failed: int = 0
    damaged: int = 0
    empty: int = 0
    usable: int = 0
    records: int = 0
    documents: int = 0
    rejects: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    noted: Counter[str] = field(default_factory=Counter)
    crawls: list[str] = field(default_factory=list)
    left: dict[str, datetime] = field(default_factory=dict)
    """Crawls that lost documents to other crawls when files were read again, and the time of the last such reading."""
    seconds: float = 0.0
    errors: list[str] = field(default_factory=list)

    def leave(self, crawls: Iterable[str], at: datetime) -> None:
        """Record that the documents of a file left these crawls at this time."""
        for crawl in crawls:
            self.left[crawl] = max(at, self.left.get(crawl, at))


@dataclass(frozen=True)
class ReadingOptions:
    """The resolved options that a worker needs to read a file. All of them are part of the ingest hash."""

    extractor: str
    extractor_name: str
    model_path: str
    model_sha256: str
    format: str
    crawl: str | None
    keep_html: bool
    structure: bool = False
    columns: tuple[tuple[str, str], ...] = ()

    def on_executors(self) -> ReadingOptions:
        """The same options, with a name of the language model that is valid on every worker."""
        return replace(self, model_path=on_executors(Path(self.model_path), self.model_sha256))

    @property
    def ingest_hash(self) -> str:
        """The first 16 hexadecimal digits of the sha256 of the options, the model's sha256 and all versions of code."""
        parts = {
            "extractor": self.extractor_name,
            "extractor_version": EXTRACTORS[self.extractor],
            "language_model": self.model_sha256,
            "format": self.format,
            "crawl": self.crawl,
            "keep_html": self.keep_html,
            "readers": versions.raised(),
            "page": versions.PAGE_VERSION,
            **({"structure": True} if self.structure else {}),
            **({"columns": self.columns} if self.columns else {}),
        }
        return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()[:16]


def resolve(options: IngestOptions) -> ReadingOptions:
    """The options with the model's path and sha256 and the extractor's version. Raises UserError if one is unknown."""
    for flag, value, known in (
        ("--format", options.format, ("auto", *FORMATS)),
        ("--on-bad-file", options.on_bad_file, ("skip", "fail")),
        ("--extractor", options.extractor, EXTRACTORS),
    ):
        if value not in known:
            raise UserError(f"{flag} is {value}: use one of {', '.join(known)}")
    if options.structure and options.extractor not in NATIVE:
        raise UserError(
            f"--structure needs an extractor that takes pages apart into blocks: {', '.join(NATIVE)}; "
            f"this one is {options.extractor}"
        )
    if options.crawl is not None and not is_crawl(options.crawl):
        raise UserError(
            f"--crawl {options.crawl!r:.60} is not a valid name of a crawl: "
            f"use 1 to {LONGEST_CRAWL} bytes without control characters"
        )
    columns = parse(options.columns)
    spec, _, wanted = options.language_model.partition("#sha256=")
    try:
        name = extractor_name(options.extractor)
        path = str(model_path(spec, wanted or None))
        sha256 = digest(Path(path))
        if not spec.startswith("package:"):
            _refuse_broken(path)
    except OSError as error:
        raise UserError(f"the language model {spec} cannot be read: {error.strerror}") from None
    except (ValueError, ModelError) as error:
        raise UserError(str(error)) from None
    return ReadingOptions(
        extractor=options.extractor,
        extractor_name=name,
        model_path=path,
        model_sha256=sha256,
        format=options.format,
        crawl=options.crawl,
        keep_html=options.keep_html,
        structure=options.structure,
        columns=columns,
    )


def _refuse_broken(path: str) -> None:
    """Raise ModelError if the model cannot be loaded. A child process tries, because a truncated file makes fastText
    crash or hang.
    """
    (loaded,) = isolated(_load, [path], seconds=60)
    if isinstance(loaded, Lost):
        raise ModelError(f"the language model {path} cannot be loaded: it is cut short, or not a fastText model")
    if loaded:
        raise ModelError(loaded)


def _load(path: str) -> str:
    try:
        language, _ = LanguageModel(path).identify("a few words of text")
    except ModelError as error:
        return str(error)
    return "" if language else f"the language model {path} is not a fastText model: it predicts no language"
