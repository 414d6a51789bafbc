"""Reads the pages that a model is trained on, from archives and from JSON lines with marked snippets."""

from __future__ import annotations

import base64
import gzip
import hashlib
import io
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.expand import expand
from decantry.jobs.sources.notes import Tell
from decantry.jobs.sources.source import Source
from decantry.jobs.store.errors import SourceError
from decantry.udfs.archive.candidates import Page, take
from decantry.udfs.archive.codecs import Gzip
from decantry.udfs.archive.url import site_of
from decantry.udfs.archive.warc import Entry, read_archive
from decantry.udfs.page.charset import decode_page

LINES = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz")


@dataclass(frozen=True)
class TrainingPage:
    """A decoded page, with snippets that people marked as content (`wanted`) or as other (`unwanted`)."""

    url: str | None
    html: str
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()

    @property
    def annotated(self) -> bool:
        """Whether people marked anything on the page."""
        return bool(self.wanted or self.unwanted)

    @property
    def host(self) -> str:
        """The host of the page, or its URL if it has no host."""
        return site_of(self.url).host or self.url or ""


def read_pages(inputs: Sequence[str], share: float, say: Tell = lambda line: None) -> Iterator[TrainingPage]:
    """The pages of the inputs, in order: all pages of JSON lines, and this share of the pages of archives.

    The choice of pages of archives depends only on their URLs. `say` is called with a line about files of the inputs
    that are not read. Raises UserError if an input cannot be read.
    """
    for source in expand(inputs, tell=say):
        try:
            if source.path.endswith(LINES):
                yield from _annotated(source)
            else:
                yield from (page for page in _archived(source) if _falls_within(page.url or page.html, share))
        except SourceError as error:
            raise UserError(f"{source.path}: {error}") from None


def _falls_within(key: str, share: float) -> bool:
    return int.from_bytes(hashlib.sha256(key.encode("utf-8", "replace")).digest()[:4], "big") < share * (1 << 32)


def _archived(source: Source) -> Iterator[TrainingPage]:
    with source.open(0) as stream:
        head = stream.read(8)
    for read in read_archive(source.open, head, take):
        if isinstance(read, Entry) and isinstance(read.value, Page):
            yield TrainingPage(read.value.url, decode_page(read.value.html, read.value.content_type).text)


def _annotated(source: Source) -> Iterator[TrainingPage]:
    for number, line in enumerate(_lines(source), 1):
        if line.strip():
            try:
                row = json.loads(line)
                html = base64.b64decode(row["html"], validate=True)
                yield TrainingPage(
                    str(row["url"]), decode_page(html).text, _texts(row, "with_"), _texts(row, "without")
                )
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise UserError(
                    f"{source.path}, line {number}: {type(error).__name__}: {error}; a line is "
                    '{"url": ..., "html": base64, "with_": [texts], "without": [texts]}'
                ) from None


def _texts(row: dict[str, Any], name: str) -> tuple[str, ...]:
    """The snippets in this field, without empty ones. Raises ValueError if it is not a list of texts."""
    texts = row.get(name) or []
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise ValueError(f"{name} is not a list of texts")
    return tuple(text for text in texts if text.strip())


def _lines(source: Source) -> Iterator[bytes]:
    """The lines of a file, which may be compressed with gzip."""
    with source.open(0) as raw:
        packed = raw.read(2) == Gzip.magic[:2]
    with source.open(0) as raw:
        read = gzip.GzipFile(fileobj=raw).read if packed else raw.read
        rest = b""
        for piece in iter(partial(read, io.DEFAULT_BUFFER_SIZE * 16), b""):
            *lines, rest = (rest + piece).split(b"\n")
            yield from lines
        yield rest
