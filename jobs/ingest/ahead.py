"""Which crawls a run is going to write, before it reads its files."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor

from decantry.jobs.ingest.options import ReadingOptions
from decantry.jobs.ingest.plan import Part
from decantry.jobs.ingest.texts import crawl_of_row
from decantry.jobs.sources.source import Source, SourceError, scheme
from decantry.udfs.paths import crawl_of, is_crawl

LOOKING = 8
"""Files whose beginning is looked at at a time."""


def crawls_ahead(sources: Sequence[Source], reading: ReadingOptions) -> list[str]:
    """The claims of the sources' crawls, each once: by the name given, the beginning of a local file, or the path."""
    if reading.crawl is not None:
        names = {reading.crawl}
    else:
        with ThreadPoolExecutor(LOOKING) as pool:
            names = set(pool.map(_crawl, sources))
    return scopes(names)


def scopes(crawls: Iterable[str]) -> list[str]:
    """The claims of the crawls."""
    return sorted({f"the crawl {name}" for name in crawls})


def _crawl(source: Source) -> str:
    """The crawl of one file, as far as it can be told without reading all of it."""
    from decantry.jobs.ingest.read import NotReadable, beginning

    if scheme(source.uri) != "file":
        return crawl_of(source.path)
    try:
        head = beginning(Part(source))
    except (SourceError, NotReadable, OSError):
        return crawl_of(source.path)
    return _of_first_row(head) or crawl_of(source.path, head)


def _of_first_row(head: bytes) -> str | None:
    """What the first row of JSONL says, where it is that."""
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return None
    try:
        value = json.loads(head.decode("utf-8-sig", "replace").splitlines()[0])
    except (ValueError, IndexError, RecursionError):
        return None
    crawl = crawl_of_row(value) if isinstance(value, dict) else None
    return crawl if crawl is not None and is_crawl(crawl) else None
