"""Small archives, written record by record, so a test can state every byte."""

from __future__ import annotations

import base64
import gzip
import hashlib
import uuid
from pathlib import Path

import zstandard

DATE = "2026-01-02T03:04:05Z"


def identity(name: str) -> str:
    """The record id that stands for a name."""
    return f"<urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, name)}>"


def record(kind: str, block: bytes, name: str = "", length: int | None = None, **headers: str | None) -> bytes:
    """One record. `name` gives its id and its address. `length` is the claimed Content-Length, if it should be
    wrong."""
    fields: dict[str, str | None] = {
        "WARC-Type": kind,
        "WARC-Record-ID": identity(f"{kind}:{name}"),
        "WARC-Date": DATE,
        "WARC-Target-URI": f"https://{name}.example.org/" if name else None,
        "Content-Length": str(len(block) if length is None else length),
    }
    fields |= {key.replace("_", "-"): value for key, value in headers.items()}
    lines = [f"{key}: {value}" for key, value in fields.items() if value is not None]
    return "\r\n".join(["WARC/1.1", *lines, "", ""]).encode() + block + b"\r\n\r\n"


def http(
    body: bytes | str = b"<html><body><p>A page.</p></body></html>",
    status: str = "200 OK",
    content_type: str | None = "text/html; charset=utf-8",
    **headers: str,
) -> bytes:
    """An HTTP response."""
    lines = [f"HTTP/1.1 {status}"]
    lines += [f"Content-Type: {content_type}"] if content_type else []
    lines += [f"{key.replace('_', '-')}: {value}" for key, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + (body.encode() if isinstance(body, str) else body)


def response(name: str, block: bytes | None = None, **headers: str | None) -> bytes:
    """A response record."""
    kind = {"Content_Type": "application/http; msgtype=response"}
    return record("response", http() if block is None else block, name, **{**kind, **headers})  # type: ignore[arg-type]


def page(name: str, sentence: str, **headers: str) -> bytes:
    """A response record with a page of one sentence."""
    html = f"<html><head><title>{name}</title></head><body><article><p>{sentence}</p></article></body></html>"
    return response(name, http(html, **headers))


def warcinfo(part_of: str | None = None) -> bytes:
    """A warcinfo record that may name its crawl."""
    body = "software: by hand\r\n" + (f"isPartOf: {part_of}\r\n" if part_of else "")
    return record("warcinfo", body.encode(), Content_Type="application/warc-fields")


def sha1(body: bytes) -> str:
    """A digest as archives write it."""
    return "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()


def gz(*records: bytes) -> bytes:
    """Each record in a separate gzip member."""
    return b"".join(gzip.compress(one, mtime=0) for one in records)


def zst(*records: bytes) -> bytes:
    """Each record in a separate zstd frame."""
    return b"".join(zstandard.ZstdCompressor().compress(one) for one in records)


def write(path: Path, *records: bytes) -> Path:
    """Write records to a file, compressed according to its name."""
    pack = {".gz": gz, ".zst": zst}.get(path.suffix, lambda *all_: b"".join(all_))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pack(*records))
    return path
