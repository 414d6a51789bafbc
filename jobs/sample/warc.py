"""WARC records as Common Crawl writes them: one gzip member a record, stable ids, fixed dates, the usual digests."""

from __future__ import annotations

import base64
import gzip
import hashlib
import uuid
from collections.abc import Mapping

SOFTWARE = "decantry sample 1"


def record(kind: str, url: str | None, content_type: str, block: bytes, extra: Mapping[str, str]) -> bytes:
    """One record, packed. `extra` holds WARC-Record-ID, WARC-Date and whatever else the record says of itself."""
    headers = {"WARC-Type": kind, **extra}
    if url is not None:
        headers["WARC-Target-URI"] = url
    headers |= {"WARC-Block-Digest": digest(block), "Content-Type": content_type, "Content-Length": str(len(block))}
    head = "WARC/1.0\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
    return gzip.compress(head.encode() + block + b"\r\n\r\n", compresslevel=6, mtime=0)


def record_id(kind: str, url: str) -> str:
    """The record's id: the same for the same kind and url, always."""
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{kind} {url}')}>"


def digest(content: bytes) -> str:
    """The SHA-1 in base 32, as archives give it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()


def http(status: str, headers: Mapping[str, str], body: bytes) -> bytes:
    """An HTTP response message with its length, the date aside."""
    lines = [f"HTTP/1.1 {status}", *(f"{name}: {value}" for name, value in headers.items())]
    return ("\r\n".join([*lines, f"Content-Length: {len(body)}"]) + "\r\n\r\n").encode() + body


def fields(pairs: Mapping[str, str]) -> bytes:
    """A block of type application/warc-fields."""
    return "".join(f"{name}: {value}\r\n" for name, value in pairs.items()).encode()
