"""Chunked bodies (RFC 9112, 7.1), in the forms that servers and crawlers leave.

Sizes are read leniently: blank lines or a byte order mark before a size, a plus sign, `0x`, leading zeros, extensions,
lines that end with CR or LF alone, no last chunk. A crawler may have decoded the chunks and kept the header, or have
removed the header and kept the chunks. A body that is returned never begins with a size and never contains one.
"""

from __future__ import annotations

import re

from decantry.udfs.archive.bad_body import BadBody

_BEFORE = rb"(?:[ \t\r\n]*\xef\xbb\xbf)?[ \t\r\n]*"
_SIZE = re.compile(_BEFORE + rb"\+?(?:0[xX])?0*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?(?:\r\n|\n|\r)")
_LIKE_A_SIZE = re.compile(
    _BEFORE + rb"(?=[+\-0-9A-Fa-f])[+-]?(?:0[xX])?[0-9A-Fa-f_]{0,64}[ \t]*(?:[;(][^\r\n]*)?[\r\n]"
)
"""A first line that is probably a size and cannot be read."""
_BEFORE_A_TAG = re.compile(_BEFORE + rb"(?=[A-Fa-f]{0,8}[0-9])([0-9A-Fa-f]{1,16})[ \t]*(?=<)")
"""Digits right before a tag. Without a letter, they are a size only if a chunk of that size ends at a line's end."""
_CUT_SIZE = re.compile(rb"\s*[0-9A-Fa-f]{1,8}[ \t]*(?:;[^\r\n]{0,200})?\r?\Z")
"""The line of a size at the end of a body that breaks off."""
_TRAILERS = re.compile(rb"(?:[!-9;-~]{1,100}:[^\n]*\n)*\s*\Z")
_STRICT = re.compile(rb"0{0,40}([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_INNER = re.compile(rb"\n(?=0{0,40}[0-9A-Fa-f]{1,8}[ \t]*(?:;[^\r\n]*)?\r?\n)")
_LAST = re.compile(rb"0+\r\n\r\n\s*\Z")
_BREAKS = (b"\r", b"\n")


def without_chunks(body: bytes) -> bytes:
    """The decoded body of a response whose header says that it is chunked. Raises BadBody if the sizes are wrong."""
    whole = unframed(body)
    if whole is not body:
        return whole
    joined = _leniently(body)
    if _holds_sizes(joined):
        raise BadBody("bad_chunks", "sizes of chunks stand in the body")
    return joined


def unframed(body: bytes) -> bytes:
    """The decoded body if all of it is certainly chunks, whatever its headers say; else the same body."""
    while chunks := _chain(body, 0, set()):
        if chunks[-1]:
            return body
        body = b"".join(chunks)
    return body


def _leniently(body: bytes) -> bytes:
    """The joined chunks; the body itself if it does not begin with a size."""
    if not _SIZE.match(body):
        if _LIKE_A_SIZE.match(body) or _sizes_a_chunk(body):
            raise BadBody("bad_chunks", f"the first chunk has the size {body[:40]!r}")
        return body
    parts: list[bytes] = []
    at = 0
    while line := _SIZE.match(body, at):
        size, start = int(line[1], 16), line.end()
        if size == 0:
            if not parts and not _TRAILERS.match(body, start):
                raise BadBody("bad_chunks", "the first chunk is empty, and more follows it")
            return b"".join(parts)
        chunk = body[start : start + size]
        at = start + size
        if chunk.endswith(b"\r") and body[at : at + 1] not in _BREAKS and body[start - 2 : start] == b"\r\n":
            # Lines end with CR alone, and the LF after this one is the chunk's first byte.
            chunk, at = body[start - 1 : at - 1], at - 1
        parts.append(chunk)
        if len(chunk) < size:
            raise BadBody("bad_chunks", f"a chunk of {size} bytes has {len(chunk)}", b"".join(parts))
        if at < len(body) and body[at : at + 1] not in _BREAKS and not chunk.endswith(_BREAKS):
            raise BadBody("bad_chunks", f"a chunk of {size} bytes does not end at byte {at} of the body")
    if body[at:].strip().strip(b"0"):
        partial = b"".join(parts) if _CUT_SIZE.match(body, at) else b""
        raise BadBody("bad_chunks", f"no chunk size at byte {at} of the body", partial)
    return b"".join(parts)


def _sizes_a_chunk(body: bytes) -> bool:
    """Whether the body begins with a size right before a tag, and not with a number of the page."""
    found = _BEFORE_A_TAG.match(body)
    if found is None:
        return False
    size, end = int(found[1], 16), found.end() + int(found[1], 16)
    return not found[1].isdigit() or (size > 0 and (end == len(body) or body[end : end + 1] in _BREAKS))


def _holds_sizes(body: bytes) -> bool:
    """Whether chunks begin inside the body and continue to its end."""
    dead: set[int] = set()
    for found in _INNER.finditer(body):
        chunks = _chain(body, found.end(), dead)
        if len(chunks) > 1 or (chunks and _LAST.match(body, found.end())):
            return True
    return False


def _chain(body: bytes, at: int, dead: set[int]) -> list[bytes]:
    """The chunks from `at` to the end of the body, with an empty last chunk if there is one; empty if they break off.

    `dead` holds offsets from which they are known to break off.
    """
    chunks: list[bytes] = []
    while at not in dead and (line := _STRICT.match(body, at)):
        dead.add(at)
        size, start = int(line[1], 16), line.end()
        if size == 0:
            return [*chunks, b""] if _TRAILERS.match(body, start) else []
        end = start + size
        after = 2 if body.startswith(b"\r\n", end) else 1 if body.startswith(b"\n", end) else 0
        if end > len(body) or not (after or end == len(body)):
            return []
        chunks.append(body[start:end])
        at = end + after
        if at >= len(body):
            return chunks
    return []
