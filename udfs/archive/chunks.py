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
_DIGITS = re.compile(_BEFORE + rb"\+?(?:0[xX])?([0-9A-Fa-f]{1,16})[ \t]*")
"""The first digits of a body that does not begin with the line of a size."""
_CUT_SIZE = re.compile(rb"\s*[0-9A-Fa-f]{1,8}[ \t]*(?:;[^\r\n]{0,200})?\r?\Z")
"""The line of a size at the end of a body that breaks off."""
_TRAILERS = re.compile(rb"(?:[!-9;-~]{1,100}:[^\n]*\n)*")
_BLANK = re.compile(rb"\s*\Z")
_STRICT = re.compile(rb"0{0,40}([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")
_HEXADECIMAL = re.compile(rb"(?=[A-Fa-f]*[0-9])(?:0|[0-9]*[A-Fa-f])")
_FIRST = re.compile(rb"(?:\xef\xbb\xbf)?[ \t\r\n]*(?=[0-9A-Fa-f])")
_LINE_END = re.compile(rb"\r?\n|\r\Z")
_TAG = re.compile(rb"(?:\s|\xef\xbb\xbf)*<")
_ANY_END = re.compile(rb"[ \t]*\+?(?:0[xX])?0{0,40}([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?(?:\r\n|\n|\r)")
_INNER = re.compile(rb"[\r\n](?=[ \t]*\+?(?:0[xX])?0{0,40}[0-9A-Fa-f]{1,8}[ \t]*(?:;[^\r\n]*)?[\r\n])")
_NO_MORE = re.compile(rb"[\s0]*\Z")
_MOST_NESTED = 5
"""How many times a body may be in chunks."""
_MOST_AFTER = 64
"""How many bytes may follow the last chunk."""
_LAST = re.compile(rb"0+\r\n\r\n\s*\Z")
_BREAKS = (b"\r", b"\n")
_CERTAIN = 32
"""A text may begin with a number and, that many bytes later, have another one. Chunks of this many bytes in all, with a
size before and after each, are no coincidence."""


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
    """The decoded body if all of it is certainly chunks, whatever its headers say; else the same body.

    Raises BadBody if it is chunks in chunks too many times.
    """
    for _ in range(_MOST_NESTED + 1):
        begin = _FIRST.match(body)
        chunks = _Chains(body).chain(begin.end()) if begin else []
        if not chunks or len(chunks[-1]):
            return body
        body = b"".join(body[chunk.start : chunk.stop] for chunk in chunks)
    raise BadBody("bad_chunks", f"the body is in chunks more than {_MOST_NESTED} times")


def without_unnamed_chunks(body: bytes, truncated: bool = False) -> bytes:
    """The body of a response whose header does not say that it is chunked.

    The same body, unless it certainly begins with chunks. These are joined if only the last one, the empty one, is
    missing. Raises BadBody if they break off. A decimal number before a tag may be the page's own; if the crawler has
    `truncated` the body, it is the size of the chunk that was cut.
    """
    begin = _FIRST.match(body)
    first = line = _STRICT.match(body, begin.end()) if begin else None
    parts: list[bytes] = []
    sure = at = end = 0
    while line and (size := int(line[1], 16)):
        start, end = line.end(), line.end() + size
        parts.append(body[start:end])
        after = _LINE_END.match(body, end)
        at = after.end() if after else end
        if at > len(body) or (after is None and end < len(body)):
            break
        if len(body) - at <= _MOST_AFTER and _NO_MORE.match(body, at):
            at = len(body)
        line = _STRICT.match(body, at)
        sure += size if line or at == len(body) or _CUT_SIZE.match(body, at) else 0
    joined = b"".join(parts)
    cut = len(parts) == 1 and end > len(body) and first is not None and _is_surely_a_size(first, truncated)
    if sure < _CERTAIN and not ((sure or cut) and _TAG.match(joined)):
        return body
    if at == len(body):
        return joined
    raise BadBody("bad_chunks", f"chunks that no header names break off after {sure} bytes", joined)


def _is_surely_a_size(line: re.Match[bytes], truncated: bool) -> bool:
    """Whether the first line of a body, before a tag, is a size, though its chunk does not end in the body."""
    if _HEXADECIMAL.match(line[0]):
        return True
    return line[0].endswith(b"\r\n") and (truncated or not line[1].isdigit())


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
            if not parts and not _Chains(body).trailers(start):
                raise BadBody("bad_chunks", "the first chunk is empty, and more follows it")
            return b"".join(parts)
        chunk = body[start : start + size]
        at = start + size
        if chunk.endswith(b"\r") and body[at : at + 1] not in (b"", *_BREAKS) and body[start - 2 : start] == b"\r\n":
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
    """Whether the body begins with a size without its line's end, and not with a word or a number of the page.

    A chunk of that size is followed by another size or by the end. If the body is shorter than the chunk, digits and
    letters right before a tag (`1f8<html>`) may be a size.
    """
    found = _DIGITS.match(body)
    if found is None:
        return False
    if found.end() == len(body):
        return True
    digits, end = found[1], 0
    for count in range(1, len(digits) + 1):
        start = found.end() if count == len(digits) else found.start(1) + count
        end = start + int(digits[:count], 16)
        if start < end and _ends_a_chunk(body, end):
            return True
    mixed = not digits.isdigit() and not digits.isalpha()
    return mixed and body.startswith(b"<", found.end()) and end > len(body)


def _ends_a_chunk(body: bytes, end: int) -> bool:
    """Whether a size, or nothing but a last chunk, follows this place."""
    rest = body[end : end + 64]
    if end > len(body) or rest[:1] not in (b"", *_BREAKS):
        return False
    return _SIZE.match(rest) is not None or (not rest.strip().strip(b"0") and end + 64 >= len(body))


def _holds_sizes(body: bytes) -> bool:
    """Whether chunks begin inside the body and continue to its end."""
    chains = _Chains(body, lenient=True)
    for found in _INNER.finditer(body):
        chunks = chains.chain(found.end())
        if len(chunks) > 1 or (chunks and (len(chunks[0]) >= _CERTAIN or _LAST.match(body, found.end()))):
            return True
    return False


class _Chains:
    """The chunks in a body from any of its bytes to its end. All calls together take linear time.

    If `lenient`, a line may end with CR alone, and blank lines or zeros may end the body.
    """

    def __init__(self, body: bytes, *, lenient: bool = False) -> None:
        self._body, self._lenient = body, lenient
        self._dead: set[int] = set()
        """From here, chunks break off."""
        self._no_trailers = -1
        """Up to here, trailers do not continue to the end."""
        self._last_line = body.rfind(b"\n") + 1

    def chain(self, at: int) -> list[range]:
        """The chunks from `at` to the end, with an empty last chunk if there is one; empty if they break off."""
        body, lenient = self._body, self._lenient
        chunks: list[range] = []
        while at not in self._dead and (line := (_ANY_END if lenient else _STRICT).match(body, at)):
            self._dead.add(at)
            size, start = int(line[1], 16), line.end()
            if size == 0:
                return [*chunks, range(0)] if self.trailers(start) else []
            end = start + size
            breaks = _BREAKS if lenient else b"\n"
            after = 2 if body.startswith(b"\r\n", end) else 1 if body.startswith(breaks, end) else 0
            if end > len(body) or not (after or end == len(body)):
                return []
            chunks.append(range(start, end))
            at = end + after
            if at >= len(body) or (lenient and len(body) - at <= _MOST_AFTER and _NO_MORE.match(body, at)):
                return chunks
        return []

    def trailers(self, start: int) -> bool:
        """Whether nothing but trailers (RFC 9112, 7.1.2) and blanks follow `start`."""
        if start <= self._no_trailers:
            return False
        lines = _TRAILERS.match(self._body, start, self._last_line)
        end = lines.end() if lines else start
        if _BLANK.match(self._body, end):
            return True
        self._no_trailers = end
        return False
