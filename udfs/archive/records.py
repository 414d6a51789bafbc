"""WARC records in a stream of decompressed bytes, and the stretches between them that are not records.

The format is WARC 1.1 (IIPC), read leniently: any version, lines that end with LF alone, folded lines, names in any
case, a byte order mark or blank lines before a record, none after it. Each record's length is checked: if no record
follows it, the length is wrong, and reading continues at the next record that can be found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, TypeVar

from decantry.udfs.archive.find_record import SEEN, START, Foreign, find_record
from decantry.udfs.archive.headers import Headers, names_of
from decantry.udfs.archive.record import Broken, Record, ShortRecord, Whole

if TYPE_CHECKING:
    from decantry.udfs.archive.flow import Flow

T = TypeVar("T")

MAX_HEADER = 1 << 20
"""The longest header of a record, in bytes."""
KINDS = (
    "warcinfo", "response", "resource", "request", "metadata", "revisit", "conversion", "continuation",
)  # fmt: skip
"""The types of records (WARC 1.1, 6)."""

BEGINNING = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n]*(?=WARC/\d{1,2}\.\d{1,2}[ \t]*\r?\n)", re.IGNORECASE)
_VERSION = re.compile(rb"WARC/\d{1,2}\.\d{1,2}[ \t]*\r?\n", re.IGNORECASE)
SPANNING = 8
"""How many records are tried, each of which may be long, to find one that contains a wrong end."""
_HEADER_END = re.compile(rb"\n\r?\n")
_BLANK = re.compile(rb"[\r\n]*(?:\0(?!\0)[\r\n]*)?")
"""Blank lines between records. Some archives of 2018 have a zero byte after each record (apache/stormcrawler#652)."""
_BOUNDARY = re.compile(rb"\r?\n\r?\n")
_LENGTH = re.compile(r"\+?\d{1,18}")


Take = Callable[[Record], T]
"""Takes what is wanted from a record while the stream stands in it; it may leave bytes unread."""


def only_record(flow: Flow, take: Take[T]) -> Whole[T] | None:
    """The one record that makes up the whole stream, except blank lines after it; None if the stream is anything else.

    Nearly all members are like this. All bytes are held in memory. If the result is None, the stream has not moved. A
    stream that is so short that its record may continue in the next member is left to `read_records`.
    """
    data, at = flow.ahead
    version = _VERSION.match(data, at) if len(data) - at >= SEEN else None
    ending = _HEADER_END.search(data, version.end(), version.end() + MAX_HEADER) if version else None
    if version is None or ending is None or START.search(data, version.end(), ending.end()):
        return None
    headers = Headers(data[version.end() : ending.end()])
    size = headers.get("Content-Length")
    if size is None or not _LENGTH.fullmatch(size):
        return None
    end = ending.end() + int(size)
    if end > len(data) or not _BLANK.fullmatch(data, end):
        return None
    flow.move(ending.end() - at)
    return Whole(0, len(data) - at, take(Record(flow, headers, int(size))), headers)


def read_records(flow: Flow, take: Take[T], foreign: Foreign | None = None) -> Iterator[Whole[T] | Broken]:
    """Every record of the stream and every stretch that is not a record. Together they cover all but blank lines.

    The stream ends where its bytes end, or at a record's boundary where `foreign` is true.
    """
    while _more(flow, foreign):
        start = flow.position
        opened = _open(flow, foreign)
        if isinstance(opened, Broken):
            yield opened
            continue
        identity = names_of(opened.headers)
        block = flow.position
        end = block + opened.content_length
        try:
            if flow.total is not None and end > flow.total:
                raise ShortRecord(f"the record has {flow.total - block} of {opened.content_length} bytes")
            value = take(opened)
            opened.skip()
        except ShortRecord as short:
            stopped = flow.position if flow.total is None else flow.total
            inner = find_record(flow, block, stopped)
            last = inner is None
            yield Broken(start, stopped if inner is None else inner, "short_record", str(short), *identity, last=last)
            continue
        follows = _follows(flow, foreign)
        if not follows and not flow.fill(1):
            follows = True
        if follows:
            yield Whole(start, flow.position, value, opened.headers)
            continue
        inner = _spanning(flow, block, end, foreign) if _closed(flow, end) else find_record(flow, block, end)
        if inner is None:
            flow.rewind(end)
            stretch = _stretch(flow, foreign, "no record starts where the one before it ends")
            yield Whole(start, stretch.start, value, opened.headers)
            yield stretch
        else:
            seen = f"the record claims {opened.content_length} bytes, and another one begins after {inner - block}"
            yield Broken(start, inner, "short_record", seen, *identity)


def _more(flow: Flow, foreign: Foreign | None) -> bool:
    """Whether there is anything but blank lines before the end, or before a place where `foreign` is true."""
    while held := flow.fill(1):
        buffer, at = flow.ahead
        blank = _BLANK.match(buffer, at)
        if blank and blank.end() > at and blank.end() == at + held:
            flow.move(held)
            continue
        return not (foreign and _foreign(flow, foreign))
    return False


def _foreign(flow: Flow, foreign: Foreign) -> bool:
    flow.fill(1 << 12)
    buffer, at = flow.ahead
    blank = _BLANK.match(buffer, at)
    after = blank.end() if blank else at
    if foreign(buffer, after):
        flow.move(after - at)
        return True
    return False


def _follows(flow: Flow, foreign: Foreign | None) -> bool:
    """Whether a record follows, or a place where `foreign` is true. If so, the stream is moved there."""
    start = flow.position
    while held := flow.fill(SEEN):
        buffer, at = flow.ahead
        blank = _BLANK.match(buffer, at)
        after = blank.end() if blank else at
        if after == at + held:
            flow.move(held)
            continue
        if _VERSION.match(buffer, after):
            flow.move(after - at)
            return True
        if at + held - after < SEEN and flow.fill(after - at + SEEN) > held:
            continue
        if buffer.startswith(b"\xef\xbb\xbf", after) and BEGINNING.match(buffer, after):
            flow.move(after - at)
            return True
        if foreign is not None and _foreign(flow, foreign):
            return True
        flow.rewind(start)
        return False
    return False


def _open(flow: Flow, foreign: Foreign | None) -> Record | Broken:
    """The record that begins here, with the stream before its block; else what is here instead, with the stream after
    it.
    """
    start = flow.position
    held = flow.fill(SEEN)
    buffer, at = flow.ahead
    if held < SEEN and b"WARC/".startswith(buffer[at : at + 5].upper()):
        flow.fill(SEEN, extend=True)
        buffer, at = flow.ahead
    begins = BEGINNING.match(buffer, at)
    version = _VERSION.match(buffer, begins.end()) if begins else None
    if version is None:
        return _stretch(flow, foreign, f"no record starts here, but {buffer[at : at + 40]!r}")
    flow.move(version.end() - at)
    first = flow.position
    ending = _header_end(flow)
    if ending is None:
        return _without_end(flow, start, first)
    buffer, at = flow.ahead
    if ending.re is START:
        flow.move(ending.start() - at)
        return Broken(start, flow.position, "bad_record", "another record begins within the record's header")
    flow.move(ending.end() - at)
    headers = Headers(buffer[at : ending.end()])
    size = headers.get("Content-Length")
    if size is None or not _LENGTH.fullmatch(size):
        seen = "no Content-Length" if size is None else f"a Content-Length of {size[:40]!r}"
        broken = _stretch(flow, foreign, f"the record has {seen}")
        return Broken(start, broken.end, "bad_record", broken.detail, *names_of(headers))
    return Record(flow, headers, int(size))


def _header_end(flow: Flow) -> re.Match[bytes] | None:
    """The blank line that ends this header, or the START of a record that begins before it; else None."""
    size, extend = 1 << 12, False
    while True:
        held = flow.fill(size, extend=extend)
        buffer, at = flow.ahead
        until = at + min(size, MAX_HEADER)
        end = _HEADER_END.search(buffer, at, until)
        inner = START.search(buffer, at, end.end() if end else until)
        if inner or end:
            return inner or end
        if min(held, size) >= MAX_HEADER or (held < size and extend):
            return None
        extend = held < size
        size *= 1 if extend else 4


def _without_end(flow: Flow, start: int, first: int) -> Broken:
    """The reason for a header that does not end."""
    inner = find_record(flow, first, None)
    if inner is not None:
        return Broken(start, inner, "bad_record", "the record's header does not end, or is too long")
    reason, seen = "cut_short", "the file ends inside of a record's header"
    if flow.position - first > MAX_HEADER:
        reason, seen = "bad_record", "the record's header does not end, or is too long"
    return Broken(start, flow.position, reason, seen, last=True)


def _stretch(flow: Flow, foreign: Foreign | None, detail: str) -> Broken:
    """The bytes from here to the next record, or to the end."""
    start = flow.position
    flow.fill(SEEN)
    blank = _BLANK.match(*flow.ahead)
    begin = start + (blank.end() - blank.start() if blank else 0)
    find_record(flow, begin, None, foreign)
    return Broken(begin, flow.position, "bad_record", detail)


def _closed(flow: Flow, end: int) -> bool:
    """Whether a record's block is followed by the two line ends that close it."""
    flow.rewind(end)
    flow.fill(4)
    return _BOUNDARY.match(*flow.ahead) is not None


def _spanning(flow: Flow, start: int, end: int, foreign: Foreign | None) -> int | None:
    """Go to the first record in `[start, end)` that extends beyond `end` and is followed by a record or by the end.

    None if there is none. A wrong length may happen to end at a blank line of a later record. A page about records, or
    an archive within an archive, contains records that end where it does.
    """
    tried = 0
    while tried < SPANNING and (inner := find_record(flow, start, end)) is not None:
        opened = _open(flow, foreign)
        start, size = flow.position, opened.content_length if isinstance(opened, Record) else 0
        if start + size > end:
            tried += 1
            if flow.skip(size) == size and (_follows(flow, foreign) or not flow.fill(1)):
                flow.rewind(inner)
                return inner
    return None
