"""Rewrites pages at random: the same page as another server, crawler or archive would have stored it."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from random import Random

import zstandard

from tests.udfs.archive.test_http import brotli, raw_deflate
from tests.warc_files import gz, record, zst

Body = Callable[[bytes, Random], tuple[bytes, list[str]]]
"""Functions from a body to the stored body and its header fields, some of which are wrong."""


@dataclass(frozen=True)
class Web:
    """A web page: its name in records, address, Content-Type and bytes."""

    name: str
    url: str
    content_type: str | None
    html: bytes


@dataclass(frozen=True)
class Rewritten:
    """A page's archive, and the names of the chosen forms."""

    archive: bytes
    forms: tuple[str, ...]


def chunked(
    body: bytes, chance: Random, line: str = "{:x}\r\n", end: bytes = b"\r\n", last: bytes = b"0\r\n\r\n",
    sizes: tuple[int, ...] = (1, 7, 173, 4096, 8192, 1 << 20),
) -> bytes:  # fmt: skip
    """The body in chunks of random sizes."""
    parts, at = [], 0
    while at < len(body):
        piece = body[at : at + chance.choice(sizes)]
        parts += [line.format(len(piece)).encode(), piece, end]
        at += len(piece)
    return b"".join([*parts, last])


def _claim(*fields: str, pack: Callable[[bytes], bytes] = bytes) -> Body:
    return lambda body, chance: (pack(body), list(fields))


def _chunks(*fields: str, before: bytes = b"", pack: Callable[[bytes], bytes] = bytes, **style: object) -> Body:
    return lambda body, chance: (before + chunked(pack(body), chance, **style), list(fields))  # type: ignore[arg-type]


def _cut(body: bytes, chance: Random) -> bytes:
    """The body in chunks, of which the last is cut. A cut between two chunks is ambiguous for every reader. So is one
    chunk alone with a decimal size.
    """
    size = 173 if len(body) > 173 else 7
    return chunked(body, chance, sizes=(size,), last=b"")[: -2 - chance.randrange(1, 1 + (len(body) % size or size))]


SECOND = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>The answer after it."
TE, CE = "Transfer-Encoding: ", "Content-Encoding: "
BODIES: dict[str, Body] = {
    "plain": _claim(),
    "gzip": _claim(CE + "gzip", pack=gzip.compress),
    "x-gzip": _claim(CE + "X-GZip;q=1", pack=gzip.compress),
    "gzip quoted": _claim(CE + '"gzip";', pack=gzip.compress),
    "gzip and charset": _claim(CE + "gzip", CE + "utf-8", pack=gzip.compress),
    "gzip twice": _claim(CE + "gzip, gzip", pack=lambda body: gzip.compress(gzip.compress(body))),
    "zlib": _claim(CE + "deflate", pack=zlib.compress),
    "raw deflate": _claim(CE + "deflate", pack=raw_deflate),
    "brotli": _claim(CE + "br", pack=brotli),
    "zstd": _claim(CE + "zstd", pack=zstandard.compress),
    "undone gzip": _claim(CE + "gzip"),
    "undone deflate": _claim(CE + "deflate"),
    "undone brotli": _claim(CE + "br"),
    "undone chunks": _claim(TE + "chunked"),
    "charset as coding": _claim(CE + "UTF-8"),
    "none as coding": _claim(CE + "none"),
    "many tokens": _claim(CE + "identity, 8bit, text/html, , identity, *, utf8"),
    "chunks": _chunks(TE + "chunked"),
    "chunks twice named": _chunks(TE + "chunked", TE + "chunked"),
    "chunks unnamed": _chunks(),
    "chunks after blank lines": _chunks(TE + "chunked", before=b"\r\n\r\n"),
    "chunks after a mark": _chunks(TE + "chunked", before=b"\xef\xbb\xbf"),
    "chunks with zeros": _chunks(TE + "chunked", line="{:032X}\r\n"),
    "chunks with 0x": _chunks(TE + "chunked", line="0x{:x}\r\n"),
    "chunks with signs": _chunks(TE + "chunked", line="+{:x}\r\n"),
    "chunks with minus": _chunks(TE + "chunked", line="-{:x}\r\n"),
    "chunks in decimal": _chunks(TE + "chunked", line="{:d}\r\n"),
    "chunks extended": _chunks(TE + "chunked", line='{:x} ; name="a;b"\r\n'),
    "chunks with LF": _chunks(TE + "chunked", line="{:x}\n", end=b"\n", last=b"0\n\n"),
    "chunks with CR": _chunks(TE + "chunked", line="{:x}\r", end=b"\r", last=b"0\r\r"),
    "chunks without a last": _chunks(TE + "chunked", last=b""),
    "chunks with trailers": _chunks(TE + "chunked", last=b"0\r\nExpires: 0\r\n\r\n"),
    "gzip in chunks": _chunks(TE + "chunked", CE + "gzip", pack=gzip.compress),
    "gzip, chunked": _chunks(TE + "gzip, chunked", pack=gzip.compress),
    "chunked, gzip": _chunks(TE + "chunked", TE + "gzip", pack=gzip.compress),
    "chunks in chunks": lambda body, chance: (chunked(chunked(body, chance), chance), [TE + "chunked"]),
    "chunks without their first size": lambda body, chance: (
        chunked(body, chance).partition(b"\n")[2], [TE + "chunked"]
    ),
    "chunks unnamed, without a last": _chunks(last=b""),
    "chunks unnamed, cut": lambda body, chance: (_cut(body, chance), []),
    "brotli padded": _claim(CE + "br", pack=lambda body: brotli(body) + b"\r\n"),
    "zstd padded": _claim(CE + "zstd", pack=lambda body: zstandard.compress(body) + b"\0\0"),
    "gzip unnamed": _claim(pack=gzip.compress),
    "zstd unnamed": _claim(CE + "identity", pack=zstandard.compress),
    "gzip twice, named once": _claim(CE + "gzip", pack=lambda body: gzip.compress(gzip.compress(body))),
    "gzip named brotli": _claim(CE + "br", pack=gzip.compress),
    "zstd named gzip": _claim(CE + "gzip", pack=zstandard.compress),
    "gzip unnamed in chunks": _chunks(TE + "chunked", pack=gzip.compress),
    "undone brotli after a blank line": lambda body, chance: (b"\r\n" + body, [CE + "br"]),
    "undone deflate after a blank line": lambda body, chance: (b"\r\n" + body, [CE + "deflate"]),
    "two answers": lambda body, chance: (body + SECOND, [f"Content-Length: {len(body)}, {len(body)}"]),
    "two answers, two lengths": lambda body, chance: (
        body + SECOND, [f"Content-Length: {len(body)}", "Content-Length: 7"]
    ),
    "two answers, coded": lambda body, chance: (
        gzip.compress(body) + SECOND, [CE + "gzip", f"Content-Length: {len(gzip.compress(body))}"]
    ),
    "chunks cut": lambda body, chance: (chunked(body, chance)[: -chance.randrange(1, 40)], [TE + "chunked"]),
}  # fmt: skip
INTERIM = {
    "no interim": b"",
    "100": b"HTTP/1.1 100 Continue\r\n\r\n",
    "103 twice": b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n" * 2,
    "102, LF": b"HTTP/1.1 102 Processing\n\n",
    "a proxy's": b"HTTP/1.0 200 Connection established\r\nProxy-Agent: x\r\n\r\n",
    "100, no empty line": b"HTTP/1.1 100 Continue\r\n",
}
TYPES: dict[str, Callable[[str], list[str]]] = {
    "type": lambda kind: [kind],
    "type in capitals": lambda kind: [kind.upper()],
    "type padded": lambda kind: [kind.replace(";", " ;") + ";"],
    "type twice": lambda kind: [kind.partition(";")[0], kind],
    "type, then none": lambda kind: [kind, "*/*"],
    "type without semicolon": lambda kind: [kind.replace(";", " ")],
}
ADDRESSES = (
    *("{}", "{}", "view-source:{}", "urn:view:{}", "onreadydom:{}", "blob:{}", "<{}>"),
    *("view-source://{}", "http://{}", "//{}"),
)
CONTAINERS: dict[str, Callable[[bytes], bytes]] = {
    "members": gz,
    "frames": zst,
    "unpacked": bytes,
    "pieces": lambda one: b"".join(gzip.compress(one[at : at + 5000]) for at in range(0, len(one), 5000)),
}


def plain(page: Web) -> bytes:
    """The page as a plain response record."""
    return gz(_response(page, "plain", "no interim", "type", page.url, Random(0)))


def rewritten(page: Web, chance: Random) -> Rewritten:
    """The page in random forms of the body, the response, the type, the address, the record and the file."""
    form, interim, kind = chance.choice([*BODIES]), chance.choice([*INTERIM]), chance.choice([*TYPES])
    url, container = chance.choice(ADDRESSES).format(page.url), chance.choice([*CONTAINERS])
    stored = chance.choice(("response",) * 4 + ("resource", "conversion"))
    if stored != "response" and page.content_type:
        headers = {"WARC_Target_URI": url, "Content_Type": TYPES[kind](page.content_type)[-1]}
        one = record(stored, page.html, page.name, **headers)
        forms: tuple[str, ...] = (stored, container)
        if kind == "type, then none":
            one = record(stored, page.html, page.name, WARC_Target_URI=url, Content_Type=page.content_type)
    else:
        one = _response(page, form, interim, kind, url, chance)
        forms = ("response", form, interim, kind, container)
    return Rewritten(CONTAINERS[container](one), forms)


def _response(page: Web, form: str, interim: str, kind: str, url: str, chance: Random) -> bytes:
    body, fields = BODIES[form](page.html, chance)
    types = [f"Content-Type: {value}" for value in TYPES[kind](page.content_type)] if page.content_type else []
    head = "\r\n".join(["HTTP/1.1 200 OK", *types, *fields, "", ""]).encode()
    block = INTERIM[interim] + head + body
    return record("response", block, page.name, Content_Type="application/http", WARC_Target_URI=url)


def cycled(pages: list[Web], most: int) -> Iterator[Web]:
    """The given number of pages, repeated from the first one if there are fewer."""
    yield from (pages[number % len(pages)] for number in range(most))
