"""Copies of the real pages beside the repository. Each copy is a separate crawl with new record ids."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from hashlib import md5
from pathlib import Path

_ID = re.compile(rb"<urn:uuid:([0-9a-f-]{36})>")
_CRAWL = re.compile(rb"(?im)^isPartOf:[^\r\n]*")
_LEVEL = 1


def reissue(sources: list[Path], folder: Path, copies: int, pages: int | None = None) -> list[list[Path]]:
    """The archives of `copies` crawls under `folder`, one list for each crawl. Existing ones are kept.

    `pages` cuts each archive after this many responses. Record ids differ between copies, and are the same in every
    run.
    """
    tasks = [
        (source, folder / f"BENCH-{number:04d}" / source.name, number, pages)
        for number in range(copies)
        for source in sources
    ]
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_write, *zip(*tasks, strict=True)))
    return [[target for _, target, n, _ in tasks if n == number] for number in range(copies)]


def _write(source: Path, target: Path, number: int, pages: int | None) -> None:
    if target.is_file():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_suffix(".part")
    crawl = b"isPartOf: BENCH-%04d" % number
    seen = 0
    with part.open("wb") as out:
        for member in _members(source.read_bytes()):
            head, _, body = member.partition(b"\r\n\r\n")
            seen += b"WARC-Type: response" in head
            if pages is not None and seen > pages:
                break
            if b"WARC-Type: warcinfo" in head:
                body, head = _named(body, crawl, head)
            head = _ID.sub(lambda match: b"<urn:uuid:%s>" % _new_id(match[1], number), head)
            packer = zlib.compressobj(_LEVEL, wbits=31)
            out.write(packer.compress(head + b"\r\n\r\n" + body) + packer.flush())
    part.replace(target)


def _members(content: bytes) -> Iterator[bytes]:
    """The unpacked gzip members, one for each record."""
    while content:
        member = zlib.decompressobj(wbits=31)
        yield member.decompress(content)
        content = member.unused_data


def _named(body: bytes, crawl: bytes, head: bytes) -> tuple[bytes, bytes]:
    """The warcinfo record with another crawl's name and the right length."""
    fields = body.removesuffix(b"\r\n\r\n")
    fields = _CRAWL.sub(crawl, fields) if _CRAWL.search(fields) else fields.rstrip() + b"\r\n" + crawl + b"\r\n"
    lines = [
        b"Content-Length: %d" % len(fields) if line.lower().startswith(b"content-length:") else line
        for line in head.split(b"\r\n")
        if not line.lower().startswith((b"warc-block-digest:", b"warc-payload-digest:"))
    ]
    return fields + b"\r\n\r\n", b"\r\n".join(lines)


def _new_id(old: bytes, number: int) -> bytes:
    digest = md5(b"%d %s" % (number, old), usedforsecurity=False).hexdigest()
    return f"{digest[:8]}-{digest[8:12]}-{digest[12:16]}-{digest[16:20]}-{digest[20:]}".encode()
