"""The HTTP response in a record: its status, its headers, and its body without transfer and content codings.

RFC 9112 (chunks), RFC 9110 8.4 (content codings). Crawlers keep bodies in every state: some archives store the decoded
body beside headers that still claim a coding, so a coding that the first bytes deny is taken as undone already.
"""

from __future__ import annotations

import io
import re
import zlib
from dataclasses import dataclass
from typing import Any

import zstandard
from fastwarc.stream_io import BrotliReader

MAX_BODY = 16 << 20
"""The largest body that is read, before and after decoding, in bytes."""

_CHUNK = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\n]*)?\r?\n")
_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?[ \t]+(\d{3})(?:[ \t][^\n]*)?\r?\n", re.IGNORECASE)
_HEAD_END = re.compile(rb"\r?\n\r?\n")
_BROTLI_STEP = 1 << 18
_GZIP, _ZLIB, _RAW = 31, 15, -15
_MOST_CODINGS = 5
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
"""Bytes that no text has (WHATWG MIME Sniffing, 3, binary data bytes), but for the zeros of UTF-16."""
_LOOKED_AT = 1 << 10


class BadBody(Exception):
    """The body cannot be used; `reason` is one of stage `http`, `partial` what was decoded before it failed."""

    def __init__(self, reason: str, detail: str, partial: bytes = b"") -> None:
        """`detail` is one line."""
        super().__init__(detail)
        self.reason, self.detail, self.partial = reason, detail, partial


@dataclass(frozen=True)
class Response:
    """A response as stored: header names are lower-cased, and the last of several fields of one name stands."""

    status: int
    headers: dict[str, str]
    body: bytes


def parse_response(block: bytes) -> Response | None:
    """The response in a record's block; null where it does not begin with a status line."""
    line = _STATUS.match(block)
    if line is None:
        return None
    end = _HEAD_END.search(block, line.end() - 2)
    head, body = (block[line.end() : end.start()], block[end.end() :]) if end else (block[line.end() :], b"")
    return Response(int(line[1]), parse_fields(head), body)


def parse_fields(head: bytes) -> dict[str, str]:
    """The header fields by lower-cased name; a line that begins with a blank continues the one before it."""
    fields: dict[str, list[str]] = {}
    name = ""
    for line in head.decode("utf-8", "replace").replace("\0", "").split("\n"):
        if line[:1] in (" ", "\t"):
            if name:
                fields[name].append(line.strip())
            continue
        key, colon, value = line.partition(":")
        name = key.strip().lower() if colon else ""
        if name:
            fields[name] = [value.strip()]
    return {name: " ".join(lines) for name, lines in fields.items()}


def body_of(response: Response, cap: int = MAX_BODY) -> bytes:
    """The body as the page's author sent it. Raises BadBody."""
    body = response.body
    if "chunked" in response.headers.get("transfer-encoding", "").lower():
        body = without_chunks(body)
    codings = [name.strip().lower() for name in response.headers.get("content-encoding", "").split(",")]
    if len(codings) > _MOST_CODINGS:
        raise BadBody("unknown_content_encoding", f"{len(codings)} codings")
    for coding in reversed(codings):
        body = decode(body, coding, cap)
    return body


def without_chunks(body: bytes) -> bytes:
    """The body without its chunks' sizes; the body itself where it has none. Raises BadBody where they break off."""
    parts: list[bytes] = []
    at = 0
    while True:
        line = _CHUNK.match(body, at)
        if line is None:
            if at == 0 or not parts:
                return body
            if not body[at:].strip():
                break
            raise BadBody("bad_chunks", f"no chunk size at byte {at} of the body", b"".join(parts))
        size = int(line[1], 16)
        if size == 0:
            break
        chunk = body[line.end() : line.end() + size]
        if not parts and len(chunk) < size and not _plausible(body, line):
            return body
        parts.append(chunk)
        if len(chunk) < size:
            raise BadBody("bad_chunks", f"a chunk of {size} bytes has {len(chunk)}", b"".join(parts))
        at = line.end() + size
        at += 2 if body[at : at + 2] == b"\r\n" else 1 if body[at : at + 1] == b"\n" else 0
    return b"".join(parts)


def _plausible(body: bytes, line: re.Match[bytes]) -> bool:
    return line.start() == 0 and line.end() < len(body)


def decode(body: bytes, coding: str, cap: int = MAX_BODY) -> bytes:
    """The body without one content coding. Raises BadBody: unknown, too large, or broken after its first bytes."""
    if coding in ("", "identity", "none", "utf-8") or not body:
        return body
    if coding in ("gzip", "x-gzip", "deflate"):
        if body.startswith(b"\x1f\x8b"):
            return _inflate(body, _GZIP, cap)
        if body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0:
            return _inflate(body, _ZLIB, cap)
        if coding != "deflate":
            return _undone(body, coding)
        try:
            return _inflate(body, _RAW, cap)
        except BadBody as error:
            if error.partial or error.reason == "too_large":
                raise
            return _undone(body, coding)
    if coding == "br":
        return _brotli(body, cap)
    if coding == "zstd":
        return _zstd(body, cap) if body.startswith(b"\x28\xb5\x2f\xfd") else _undone(body, coding)
    raise BadBody("unknown_content_encoding", coding[:100])


def _undone(body: bytes, coding: str) -> bytes:
    """The body itself, whose first bytes deny the coding. Raises BadBody where they are no text either."""
    if len(_CONTROL.findall(body, 0, _LOOKED_AT)) * 50 > min(len(body), _LOOKED_AT):
        raise BadBody("bad_content_encoding", f"the body is not in {coding}, and no text")
    return body


def _inflate(body: bytes, wbits: int, cap: int) -> bytes:
    decoder = zlib.decompressobj(wbits)
    data = b""
    try:
        data = decoder.decompress(body, cap + 1)
        _within(data, cap)
        while decoder.eof and wbits == _GZIP and decoder.unused_data.startswith(b"\x1f\x8b"):
            rest, decoder = decoder.unused_data, zlib.decompressobj(wbits)
            data += decoder.decompress(rest, cap + 1 - len(data))
            _within(data, cap)
    except zlib.error as error:
        raise BadBody("bad_content_encoding", str(error), data) from None
    if not (decoder.eof or _lacks_trailer(decoder, data, wbits)):
        raise BadBody("bad_content_encoding", "the compressed body breaks off", data)
    return data


def _lacks_trailer(decoder: Any, data: bytes, wbits: int) -> bool:
    """Whether nothing but the checksum after the data is missing, or part of it, which browsers do not look at."""
    if wbits == _GZIP:
        trailer = zlib.crc32(data).to_bytes(4, "little") + (len(data) & 0xFFFFFFFF).to_bytes(4, "little")
    else:
        trailer = zlib.adler32(data).to_bytes(4, "big")
    for present in range(len(trailer)):
        attempt = decoder.copy()
        try:
            if not attempt.decompress(trailer[present:], 1) and attempt.eof:
                return True
        except zlib.error:
            continue
    return False


def _brotli(body: bytes, cap: int) -> bytes:
    reader, data = BrotliReader(io.BytesIO(body)), bytearray()
    try:
        while piece := reader.read(_BROTLI_STEP):
            data += piece
            _within(data, cap)
    except OSError as error:
        if not data and body.lstrip()[:1] == b"<":
            return body
        raise BadBody("bad_content_encoding", f"brotli: {error}", bytes(data)) from None
    return bytes(data)


def _zstd(body: bytes, cap: int) -> bytes:
    try:
        with zstandard.ZstdDecompressor(max_window_size=1 << 27).stream_reader(body, read_across_frames=True) as reader:
            data = reader.read(cap + 1)
            _within(data, cap)
        decoder, rest = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj(), body
        while decoder.decompress(rest) is not None and decoder.eof and decoder.unused_data.startswith(body[:4]):
            rest, decoder = decoder.unused_data, zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
    except zstandard.ZstdError as error:
        raise BadBody("bad_content_encoding", str(error)) from None
    if not decoder.eof:
        raise BadBody("bad_content_encoding", "the compressed body breaks off", data)
    return data


def _within(data: bytes | bytearray, cap: int) -> None:
    if len(data) > cap:
        raise BadBody("too_large", f"more than {cap} bytes after decoding")
