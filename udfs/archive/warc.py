"""The records of an archive with their offsets, and every stretch of bytes without a record.

Every record that starts in `[start, end)` is returned exactly once, however the file is cut into parts: a part begins
with the first member at or after its start, and ends with the last member that begins before its end. A file may mix
members with uncompressed records: the bytes after a member show which follows.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from decantry.udfs.archive.codecs import Codec, Gzip, Zstd
from decantry.udfs.archive.find_record import START, find_record
from decantry.udfs.archive.flow import Flow, Packed, Plain
from decantry.udfs.archive.members import Input, Member, OpenAt, begins_record, find_member
from decantry.udfs.archive.record import Broken, Whole
from decantry.udfs.archive.records import Take, only_record, read_records
from decantry.udfs.archive.zstd_dictionary import dictionary_of

T = TypeVar("T")

_SKIPPABLE = b"\x2a\x4d\x18"
"""What follows the first byte of a skippable zstd frame (RFC 8878, 3.1.2)."""


@dataclass
class Entry(Generic[T]):
    """A record that was read completely: what was taken from it, and its offset and length in the file.

    `length` is that of its member, or of the record in an uncompressed file. If a member holds several records, it is
    None, and the k-th record has the member's offset plus k.
    """

    offset: int
    length: int | None
    value: T


@dataclass(frozen=True)
class Damage:
    """A stretch of the file without a complete record, with a reason of stage `archive`."""

    offset: int
    length: int | None
    reason: str
    detail: str
    id: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Handover:
    """The end of a part: where its first member began, and where the first member of the next part must begin."""

    first: int | None
    next: int | None


Read = Entry[T] | Damage | Handover


def read_archive(
    open_at: OpenAt, head: bytes, take: Take[T], start: int = 0, end: int | None = None
) -> Iterator[Read[T]]:
    """The records that start in `[start, end)`, the damage between them, and finally the handover.

    `head` is the file's first bytes, which show whether it is gzip, zstd or plain. If `take` raises ShortRecord, it is
    handled here.
    """
    codec = codec_of(head, open_at)
    if start and codec is None:
        # An uncompressed file is read whole, as its first part.
        yield Handover(0, None)
        return
    file = _File(open_at, codec or Gzip())
    position = find_member(open_at, file.codec, start) if start else 0
    first = position
    while position is not None and (end is None or position < end):
        position = yield from file.stretch(position, end, take)
    yield Handover(first, position)


def codec_of(head: bytes, open_at: OpenAt) -> Codec | None:
    """The compression of a file with this head; None if it is not compressed."""
    if head.startswith(Gzip.magic[:2]):
        return Gzip()
    if head.startswith(Zstd.magic) or head[1:4] == _SKIPPABLE:
        return Zstd(dictionary_of(open_at))
    return None


def holds_record(open_at: OpenAt, head: bytes) -> bool:
    """Whether a record begins anywhere in a file that does not begin with one; `head` is its first bytes."""
    if START.search(head):
        return True
    with open_at(0) as stream:
        codec = codec_of(stream.read(8), open_at)
    if codec is not None:
        return find_member(open_at, codec, 1) is not None
    plain = Plain(open_at, 0)
    try:
        return find_record(Flow(plain), 0, foreign=_File(open_at, Gzip()).begins_member) is not None
    finally:
        plain.close()


def is_hollow(open_at: OpenAt) -> bool:
    """Whether a compressed file is undamaged and empty."""
    with open_at(0) as stream:
        codec = codec_of(stream.read(8), open_at)
    if codec is None:
        return False
    source = Input(open_at, 0)
    try:
        while source.peek(1):
            member = Member(source, codec)
            if member.read():
                return False
            member.drain()
            if member.damage is not None:
                return False
    finally:
        source.close()
    return True


@dataclass(frozen=True)
class _File:
    """How the file is opened, and the compression of most of its members."""

    open_at: OpenAt
    codec: Codec
    others: list[Codec] = field(default_factory=lambda: [Gzip(), Zstd()])

    def codec_at(self, data: bytes) -> Codec | None:
        """The compression of the member that begins with `data`; None if it is not a member."""
        if data.startswith(self.codec.magic) or (isinstance(self.codec, Zstd) and data[1:4] == _SKIPPABLE):
            return self.codec
        return next((other for other in self.others if data.startswith(other.magic)), None)

    def begins_member(self, buffer: bytes, at: int) -> bool:
        """Whether a member that holds records begins at an index of the bytes."""
        data = buffer[at : at + (1 << 11)]
        codec = self.codec_at(data)
        return codec is not None and begins_record(codec, data)

    def stretch(self, position: int, end: int | None, take: Take[T]) -> Generator[Read[T], None, int | None]:
        """The members from `position` on, up to damage or bytes that are not a member; returns where to continue."""
        source = Input(self.open_at, position)
        try:
            while end is None or source.position < end:
                here = source.position
                ahead = source.peek(8)
                if not ahead:
                    return None
                codec = self.codec_at(ahead)
                if codec is None:
                    return (yield from self._plain(here, take))
                packed = Packed(self.open_at, source, codec)
                broken = yield from _member(packed, take)
                source = packed.source
                if broken is not None:
                    next_ = find_member(self.open_at, codec, here + 1)
                    length = (self._size(here) if next_ is None else next_) - broken.offset
                    yield Damage(broken.offset, length, broken.reason, broken.detail, broken.id, broken.url)
                    return next_
            return source.position if source.peek(1) else None
        finally:
            source.close()

    def _plain(self, position: int, take: Take[T]) -> Generator[Read[T], None, int | None]:
        """The uncompressed records from `position` on; returns where a member begins after them."""
        plain = Plain(self.open_at, position)
        try:
            flow = Flow(plain)
            for found in read_records(flow, take, self.begins_member):
                offset, length = position + found.start, found.end - found.start
                if isinstance(found, Whole):
                    yield Entry(offset, length, found.value)
                else:
                    reason = "cut_short" if found.last and found.reason == "short_record" else found.reason
                    yield Damage(offset, length, reason, found.detail, found.id, found.url)
            return position + flow.position if flow.fill(1) else None
        finally:
            plain.close()

    def _size(self, start: int) -> int:
        """The file's size, found by reading from `start` to the end."""
        stream = self.open_at(start)
        try:
            while block := stream.read(1 << 20):
                start += len(block)
        finally:
            stream.close()
        return start


def _member(packed: Packed, take: Take[T]) -> Generator[Read[T], None, Damage | None]:
    """The entries and damage of one member; returns the damage after which the next member must be searched for."""
    start = packed.member.offset
    held: tuple[Entry[T], Whole[T]] | None = None
    broken: list[tuple[int, Broken]] = []
    offset = start
    flow = Flow(packed, packed.member.beginning())
    if packed.member.whole and (only := only_record(flow, take)):
        yield Entry(start, packed.member.end - start, only.value)
        return None
    for found in read_records(flow, take):
        if held is not None and (broken or isinstance(found, Whole)):
            yield held[0]
            held = None
        if isinstance(found, Whole):
            yield from (_damage(at, None, one, inside=True) for at, one in broken)
            broken = []
            held = Entry(offset, None, found.value), found
        else:
            broken.append((offset, found))
        offset += 1
    member = packed.member
    member.drain()
    if held is not None and held[0].offset == start and member.damage is None:
        held[0].length = member.end - start
    if member.damage == "bad_compression" and held is not None and (held[0].offset == start or not member.checked):
        # Bytes that do not decompress were wrong before that was seen; a checksum condemns the member's one record,
        # but of several none can be named.
        return Damage(held[0].offset, None, member.damage, member.detail or "", *held[1].names)
    if held is not None:
        yield held[0]
    if member.damage is None:
        for at, one in broken:
            yield _damage(at, member.end - at if offset == start + 1 else None, one, inside=offset > start + 1)
        return None
    if broken:
        at, one = broken[0]
        return Damage(at, None, member.damage, f"{member.detail}; {one.detail}", one.id, one.url)
    return Damage(offset, None, member.damage, member.detail or "")


def _damage(offset: int, length: int | None, broken: Broken, *, inside: bool) -> Damage:
    """The damage. Inside a member that holds more, its offsets are those of the member's content."""
    detail = f"bytes {broken.start} to {broken.end} of the member's content: " if inside else ""
    return Damage(offset, length, broken.reason, detail + broken.detail, broken.id, broken.url)
