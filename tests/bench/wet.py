"""WET files made for the bench: the texts of the real pages beside the repo, re-issued with some words changed.

An original is a page's text with 30 % of its words replaced by others of the same text, so that two originals made of
one page share some 3 % of their 5-grams. Every fourth document is a copy of an original, with few words replaced.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID

from decantry.udfs.archive.candidates import Page, take
from decantry.udfs.archive.warc import Entry, read_archive
from decantry.udfs.page.charset import decode_page

CRAWL = "CC-MAIN-2026-40"
PER_FILE = 5_000
COPY_EVERY = 4
ORIGINAL = 0.3
CHANGED = (0.0, 0.005, 0.01, 0.02)
"""The shares of changed words in copies, in turn."""
LEAST_WORDS = 50
LONGEST_WORD = 20
"""Pages with fewer words, or with longer words on average (texts without spaces), are left out."""


def texts(archives: list[Path], target: Path) -> Path:
    """The file with the `url` and the plain text of every page. It is written to `target` if it does not exist."""
    if not target.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        with ProcessPoolExecutor(2) as pool:
            found = [row for rows in pool.map(_texts_of, archives) for row in rows]
        target.write_text("".join(json.dumps(row) + "\n" for row in found))
    return target


def _texts_of(archive: Path) -> list[dict[str, str]]:
    from resiliparse.extract.html2text import extract_plain_text

    rows = []
    for entry in read_archive(lambda at: _opened(archive, at), archive.read_bytes()[:8], take):
        if isinstance(entry, Entry) and isinstance(page := entry.value, Page):
            text = extract_plain_text(decode_page(page.html, page.content_type).text, main_content=False)
            words = text.split()
            if len(words) >= LEAST_WORDS and len(text) <= LONGEST_WORD * len(words):
                rows.append({"url": page.url or "", "text": text})
    return rows


def _opened(archive: Path, at: int) -> Any:
    stream = archive.open("rb")
    stream.seek(at)
    return stream


def written(pages: Path, folder: Path, count: int) -> list[Path]:
    """The files of the first `count` documents, written if they do not exist. They are the same in every run. `pages`
    is the file that `texts` writes."""
    lists = [range(first, min(first + PER_FILE, count)) for first in range(0, count, PER_FILE)]
    place = folder / "crawl-data" / CRAWL / "segments" / "1" / "wet"
    place.mkdir(parents=True, exist_ok=True)
    name = "CC-MAIN-20261001000000-20261001030000"
    targets = [place / f"{name}-{each.start:08}-{each.stop:08}.warc.wet.gz" for each in lists]
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_write, [pages] * len(targets), targets, lists))
    return targets


def _write(kept: Path, target: Path, numbers: range) -> None:
    if target.is_file():
        return
    pages = [json.loads(line) for line in kept.read_text().splitlines()]
    part = target.with_suffix(".part")
    with part.open("wb") as out:
        info = f"isPartOf: {CRAWL}\r\n".encode()
        out.write(gzip.compress(_record("warcinfo", _id(f"info {numbers.start}"), info, "application/warc-fields"), 1))
        for n, page, text in _documents(pages, numbers):
            url = f"{page['url']}{'&' if '?' in page['url'] else '?'}issue={n}"
            out.write(gzip.compress(_record("conversion", _id(f"text {n}"), text.encode(), "text/plain", url), 6))
    part.replace(target)


def _documents(pages: list[dict[str, str]], numbers: range) -> Iterator[tuple[int, dict[str, str], str]]:
    """The number, the page and the text of each document."""
    for n in numbers:
        copy = n % COPY_EVERY == COPY_EVERY - 1
        source = n - n % COPY_EVERY if copy else n
        page = pages[source % len(pages)]
        text = changed(page["text"], ORIGINAL, source)
        if copy:
            text = changed(text, CHANGED[n // COPY_EVERY % len(CHANGED)], n)
        yield n, page, text


def changed(text: str, share: float, seed: int) -> str:
    """The text with this share of its words replaced by other words of it."""
    import numpy as np

    words = np.array(text.split(" "), object)
    chance = np.random.default_rng(seed)
    where = np.flatnonzero(chance.random(words.size) < share)
    words[where] = words[chance.integers(0, words.size, where.size)]
    return " ".join(words)


def _record(kind: str, name: str, block: bytes, content_type: str, url: str | None = None) -> bytes:
    from base64 import b32encode
    from hashlib import sha1

    digest = b32encode(sha1(block, usedforsecurity=False).digest()).decode()
    lines = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        *([f"WARC-Target-URI: {url}"] if url else []),
        "WARC-Date: 2026-10-01T00:00:00Z",
        f"WARC-Record-ID: {name}",
        f"WARC-Block-Digest: sha1:{digest}",
        f"Content-Type: {content_type}",
        f"Content-Length: {len(block)}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


def _id(what: str) -> str:
    from hashlib import md5

    return f"<urn:uuid:{UUID(bytes=md5(what.encode(), usedforsecurity=False).digest())}>"
