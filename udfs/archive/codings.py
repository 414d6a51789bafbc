"""Decoding a body's codings (RFC 9110, 8.4.1; RFC 9112, 7.2): gzip, deflate, br and zstd.

Crawlers store bodies in every state. Some archives hold a decoded body with headers that still name a coding, so a
body whose first bytes do not fit its coding counts as decoded.
"""

from __future__ import annotations

import io
import re
import zlib
from contextlib import suppress
from typing import Any

import zstandard
from fastwarc.stream_io import BrotliReader

from decantry.udfs.archive.bad_body import BadBody
from decantry.udfs.archive.chunks import unframed
from decantry.udfs.archive.sniff import has_tag, is_plainly_text, is_utf8, sniff

MAX_BODY = 16 << 20
"""The largest body that is read, before and after decoding, in bytes."""
CODINGS = {
    **{name: name for name in ("gzip", "deflate", "br", "zstd", "compress")},
    **{"x-gzip": "gzip", "x-deflate": "deflate", "x-compress": "compress"},
}
"""The known codings, by the names that servers use (RFC 9110, 8.4.1; RFC 2616, 12.5.3 for names with `x-`)."""

_STEP = 1 << 12
"""Bytes of gzip and deflate that are decoded at a time. zlib copies what follows the end of a member."""
_BROTLI_STEP = 1 << 18
_SMALL_STEP = 1 << 6
_ZSTD_STEP = 1 << 6
"""Compressed bytes that are decoded at a time. 4 bytes may be a block of 128 KiB (RFC 8878, 3.1.1.2)."""
_GZIP_MAGIC = b"\x1f\x8b\x08"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_ZSTD_SKIPPABLE = re.compile(rb"[\x50-\x5f]\x2a\x4d\x18(?=(.{4}))", re.DOTALL)
"""A frame that is passed over, with its size (RFC 8878, 3.1.2)."""
_BEGINNING = 1 << 16
"""How much of a body that is too large goes with the error."""
_ZEROS = 1 << 10
"""In how many bytes zeros are looked for."""
_MOST_UNNAMED = 2
"""How many codings are decoded that no header names."""
_TAG = re.compile(rb"(?:\s|\xef\xbb\xbf)*<")
_PADDING = b"\r\n\t \0"
_GZIP, _ZLIB, _RAW = 31, 15, -15


def decode(body: bytes, coding: str, cap: int = MAX_BODY) -> bytes:
    """The body with one content coding of CODINGS decoded. Raises BadBody if the coding is not supported, the result is
    too large, or the body is damaged after its first bytes.
    """
    if not body:
        return body
    if coding in ("gzip", "deflate"):
        if body.startswith(_GZIP_MAGIC[:2]):
            return _inflate(body, _GZIP, cap)
        zlib_head = _is_zlib(body)
        if not zlib_head and coding == "gzip":
            return _undone(body, coding, cap)
        try:
            return _inflate(body, _ZLIB if zlib_head else _RAW, cap)
        except BadBody as error:
            if error.reason == "too_large" or (error.partial and not is_plainly_text(body)):
                raise
            return _undone(body, coding, cap)
    if coding == "br":
        return _brotli(body, cap)
    if coding == "zstd" and (body.startswith(_ZSTD_MAGIC) or _ZSTD_SKIPPABLE.match(body)):
        return _zstd(body, cap)
    if coding == "compress" and body.startswith(b"\x1f\x9d"):
        raise BadBody("unknown_content_encoding", "compress is not read")
    return _undone(body, coding, cap)


def unnamed(body: bytes, cap: int = MAX_BODY) -> bytes:
    """The page that the body holds in a coding that no header names; the body itself if it is not such a page.

    Its first bytes show gzip, zstd or zlib. Brotli has no signature, so bytes that decode to HTML are brotli. Raises
    BadBody if a page in gzip, zlib or zstd is damaged or too large.
    """
    for _ in range(_MOST_UNNAMED):
        if body[:64].lstrip()[:1] == b"<":
            return body
        if _shown(body) is None and _shown(body[:64].lstrip(_PADDING)):
            body = body.lstrip(_PADDING)
        coding = _shown(body)
        if coding is None and (is_plainly_text(body) or sniff(body) == "binary"):
            return body
        try:
            page = unframed(decode(body, coding or "br", cap))
        except BadBody as error:
            if coding and _is_text(error.partial):
                raise
            return body
        if not (_is_page(page) or (coding and (_is_text(page) or _shown(page)))):
            return body
        body = page
    return body


def _shown(body: bytes) -> str | None:
    """The coding that the first bytes show; None if they show none."""
    if body.startswith(_GZIP_MAGIC):
        return "gzip"
    if body.startswith(_ZSTD_MAGIC):
        return "zstd"
    return "deflate" if _is_zlib(body) and not is_plainly_text(body) else None


def _is_text(data: bytes) -> bool:
    """Whether the data is a page or plainly text, and not a file of another kind: XML, or with zeros in it, as tar."""
    if _is_page(data) or has_tag(data):
        return True
    return data != b"" and is_plainly_text(data) and b"\0" not in data[:_ZEROS] and not _TAG.match(data)


def _is_page(data: bytes) -> bool:
    return sniff(data) in ("document", "html")


def _is_zlib(body: bytes) -> bool:
    """Whether the first two bytes are a header of zlib (RFC 1950, 2.2)."""
    return body[:1] != b"" and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0


def _undone(body: bytes, coding: str, cap: int) -> bytes:
    """A body whose first bytes do not fit the coding: decoded if they show another one, else the body itself. Raises
    BadBody if it is not text either.
    """
    if body.startswith((_GZIP_MAGIC, _ZSTD_MAGIC)):
        return decode(body, "gzip" if body.startswith(_GZIP_MAGIC) else "zstd", cap)
    if not is_plainly_text(body):
        raise BadBody("bad_content_encoding", f"the body is not in {coding}, and no text")
    return body


def _inflate(body: bytes, wbits: int, cap: int) -> bytes:
    data = bytearray()
    try:
        ends = _inflate_into(data, body, wbits, cap, _STEP)
    except zlib.error as error:
        data.clear()
        with suppress(zlib.error):  # a step that fails has no output, so small ones find more
            _inflate_into(data, body, wbits, cap, _SMALL_STEP)
        raise BadBody("bad_content_encoding", str(error), bytes(data)) from None
    if not ends:
        raise BadBody("bad_content_encoding", "the compressed body breaks off", bytes(data))
    return bytes(data)


def _inflate_into(data: bytearray, body: bytes, wbits: int, cap: int, step: int) -> bool:
    """Append the decoded body, of all members, and return whether its end was reached. Raises zlib.error, BadBody."""
    decoder, at, member = zlib.decompressobj(wbits), 0, 0
    while at < len(body):
        piece = body[at : at + step]
        data += decoder.decompress(piece, cap + 1 - len(data))
        _within(data, cap)
        at += len(piece) - len(decoder.unused_data) - len(decoder.unconsumed_tail)
        if decoder.eof:
            if wbits != _GZIP or not body.startswith(b"\x1f\x8b", at):
                return True
            decoder, member = zlib.decompressobj(wbits), len(data)
    return decoder.eof or _lacks_trailer(decoder, bytes(data[member:]), wbits)


def _lacks_trailer(decoder: Any, data: bytes, wbits: int) -> bool:
    """Whether only the checksum after the data, or part of it, is missing. Browsers ignore that."""
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
    try:
        return _unbrotlied(body, cap)
    except BadBody as error:
        if error.reason != "too_large" and _is_text(body) and (_TAG.match(body) or _is_page(body) or is_utf8(body)):
            return body
        if body.startswith((_GZIP_MAGIC, _ZSTD_MAGIC)):
            return _undone(body, "br", cap)
        stripped = body.rstrip(_PADDING)  # a browser ignores what follows the data
        if stripped == body or error.reason == "too_large":
            raise
        try:
            return _unbrotlied(stripped, cap)
        except BadBody:
            raise error from None


def _unbrotlied(body: bytes, cap: int) -> bytes:
    reader, data = BrotliReader(io.BytesIO(body)), bytearray()
    try:
        while piece := reader.read(_BROTLI_STEP):
            data += piece
            _within(data, cap)
    except OSError as error:
        raise BadBody("bad_content_encoding", f"brotli: {error}", _up_to_the_error(body)) from None
    return bytes(data)


def _up_to_the_error(body: bytes) -> bytes:
    """What brotli decodes of a broken body. A step that fails has no output, so these are small."""
    reader, data = BrotliReader(io.BytesIO(body)), bytearray()
    with suppress(OSError):
        while piece := reader.read(_SMALL_STEP):
            data += piece
    return bytes(data)


def _zstd(body: bytes, cap: int) -> bytes:
    """The decoded frames; skippable ones are passed over. What follows them and is not a frame is ignored, as the bytes
    after gzip are. Raises BadBody.
    """
    data, at = bytearray(), 0
    while (skippable := _ZSTD_SKIPPABLE.match(body, at)) or body.startswith(_ZSTD_MAGIC, at):
        if skippable:
            at += 8 + int.from_bytes(skippable[1], "little")
            continue
        decoder = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
        try:
            while at < len(body) and not decoder.eof:
                data += decoder.decompress(body[at : at + _ZSTD_STEP])
                _within(data, cap)
                at = min(at + _ZSTD_STEP, len(body))
        except zstandard.ZstdError as error:
            raise BadBody("bad_content_encoding", str(error), bytes(data)) from None
        if not decoder.eof:
            raise BadBody("bad_content_encoding", "the compressed body breaks off", bytes(data))
        at -= len(decoder.unused_data)
    if at > len(body):
        raise BadBody("bad_content_encoding", "the compressed body breaks off", bytes(data))
    return bytes(data)


def _within(data: bytes | bytearray, cap: int) -> None:
    if len(data) > cap:
        raise BadBody("too_large", f"more than {cap} bytes after decoding", bytes(data[:_BEGINNING]))
