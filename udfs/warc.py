"""The records of an archive, each with its place in the file, and every stretch of bytes that holds none.

Every record that starts in `[start, end)` is met exactly once, however the file is cut: a part begins at the first
member at or after its start, and ends with the last one that begins before its end.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Generic, TypeVar

from fastwarc.warc import ArchiveIterator

from decantry.udfs.members import Codec, Gzip, Input, Member, OpenAt, Zstd, find_member
from decantry.udfs.zstd_dictionary import dictionary_of

T = TypeVar("T")

WARC = b"WARC/"
CONTINUES = "continues"
"""Not a damage yet: the record may go on in the next member, as some writers cut their records."""
SEARCHED = 1 << 20
"""Bytes searched at a time for the next record of an uncompressed file."""


class ShortRecord(Exception):
    """The record holds fewer bytes than it claims."""


@dataclass
class Entry(Generic[T]):
    """A record that was read whole: what was taken from it, and where it lies.

    `length` is that of its member, or of the record in an uncompressed file; null where a member holds several
    records, of which the k-th has its member's offset plus k.
    """

    offset: int
    length: int | None
    value: T


@dataclass(frozen=True)
class Damage:
    """A stretch of the file that holds no whole record, with a reason of stage `archive`."""

    offset: int
    length: int | None
    reason: str
    detail: str
    id: str | None = None
    url: str | None = None


@dataclass(frozen=True)
class Handover:
    """The end of a part: where its first member began, and where the next part's first member must."""

    first: int | None
    next: int | None


Read = Entry[T] | Damage | Handover
Take = Callable[[Any], T]
"""Takes what is wanted from a record while it is live (a fastwarc WarcRecord, HTTP not parsed)."""


def read_archive(
    open_at: OpenAt, head: bytes, take: Take[T], start: int = 0, end: int | None = None
) -> Iterator[Read[T]]:
    """The records that start in `[start, end)`, the damage between them, and the handover last.

    `head` is the file's first bytes, which tell gzip, zstd and plain files apart. `take` may raise ShortRecord.
    """
    codec = codec_of(head, open_at)
    if codec is None:
        yield from _plain(open_at, take)
    else:
        yield from _members(open_at, codec, take, start, end)


def codec_of(head: bytes, open_at: OpenAt) -> Codec | None:
    """The compression that a file with this head has; null where it has none."""
    if head.startswith(Gzip.magic[:2]):
        return Gzip()
    if head.startswith(Zstd.magic) or head[1:4] == b"\x2a\x4d\x18":
        return Zstd(dictionary_of(open_at))
    return None


def _members(open_at: OpenAt, codec: Codec, take: Take[T], start: int, end: int | None) -> Iterator[Read[T]]:
    position = find_member(open_at, codec, start) if start else 0
    first = position
    while position is not None and (end is None or position < end):
        source = Input(open_at, position)
        try:
            while end is None or source.position < end:
                member_start = source.position
                magic = source.peek(len(codec.magic))
                if not magic:
                    yield Handover(first, None)
                    return
                if not magic.startswith(codec.magic) and magic[1:4] != b"\x2a\x4d\x18":
                    broken: Damage | None = Damage(member_start, None, "bad_record", "no compressed member starts here")
                else:
                    broken = yield from _member(Member(source, codec), take)
                    if broken is not None and broken.reason == CONTINUES:
                        source.close()
                        source = Input(open_at, member_start)
                        broken = yield from _member(Member(source, codec, spans=True), take)
                if broken is not None:
                    position = find_member(open_at, codec, member_start + 1)
                    length = None if position is None else position - broken.offset
                    yield Damage(broken.offset, length, broken.reason, broken.detail, broken.id, broken.url)
                    break
            else:
                position = source.position if source.peek(1) else None
        finally:
            source.close()
    yield Handover(first, position)


def _member(member: Member, take: Take[T]) -> Generator[Read[T], None, Damage | None]:
    """The entries and damage of one member; returns the damage after which the next member must be searched for."""
    held: Entry[T] | None = None
    damage: Damage | None = None
    count = size = 0
    identity: tuple[str | None, str | None] = (None, None)
    records = iter(ArchiveIterator(member, parse_http=False))
    while True:
        try:
            record = next(records, None)
            if record is None:
                break
            if held is not None:
                yield held
                held = None
            offset = member.offset + count
            count += 1
            identity, size = _identity(record), record.content_length
            held = Entry(offset, None, take(record))
        except ShortRecord as short:
            damage = Damage(offset, None, "short_record", str(short), *identity)
            break
        except BaseException as error:
            if not _by_parser(error):
                raise
            damage = Damage(member.offset + count, None, "bad_record", _line(error))
            break
    member.drain()
    if damage is not None and damage.reason == "short_record" and count == 1 and member.continues():
        return Damage(damage.offset, None, CONTINUES, damage.detail)
    if member.damage is not None:
        # A checksum that fails condemns the member's last record; a file that ends after it does not.
        if held is not None and member.damage == "cut_short" and size > 0:
            yield held
            held = None
        if damage is None or damage.reason == "bad_record":
            at = held.offset if held is not None else member.offset + count
            damage = Damage(at, None, member.damage, member.detail or "", *(identity if held is not None else ()))
        elif member.damage == "cut_short":
            damage = Damage(damage.offset, None, "cut_short", damage.detail, damage.id, damage.url)
        return damage
    if held is not None:
        held.length = member.end - member.offset if count == 1 else None
        yield held
    if damage is not None:
        length = member.end - damage.offset
        yield Damage(damage.offset, length, damage.reason, damage.detail, damage.id, damage.url)
    return None


def _plain(open_at: OpenAt, take: Take[T]) -> Iterator[Read[T]]:
    position: int | None = 0
    while position is not None:
        stream = Guarded(open_at(position))
        held: Entry[T] | None = None
        damage: Damage | None = None
        try:
            base = 0 if stream.tell() else position
            for record in ArchiveIterator(stream, parse_http=False):
                offset = base + record.stream_pos
                if held is not None:
                    held.length = offset - held.offset
                    yield held
                    held = None
                identity = _identity(record)
                held = Entry(offset, None, take(record))
        except ShortRecord as short:
            damage = Damage(offset, None, "short_record", str(short), *identity)
        except BaseException as error:
            if not _by_parser(error):
                raise
            damage = Damage(held.offset + 1 if held else position, None, "bad_record", _line(error))
        finally:
            reached = stream.tell()
            stream.close()
        if stream.failure is not None:
            raise stream.failure
        position = None
        if held is not None:
            held.length = reached - held.offset if damage is None else None
            yield held
        if damage is not None:
            position = _find_record(open_at, damage.offset + 1)
            length = None if position is None else position - damage.offset
            yield Damage(damage.offset, length, damage.reason, damage.detail, damage.id, damage.url)
    yield Handover(0, None)


def _find_record(open_at: OpenAt, start: int) -> int | None:
    """The offset, `start` or later, of the next line that begins a record of an uncompressed file."""
    stream, base, window = open_at(start), start, b""
    try:
        while block := stream.read(SEARCHED):
            window += block
            at = window.find(b"\n" + WARC)
            if at >= 0:
                return base + at + 1
            base, window = base + len(window) - len(WARC), window[-len(WARC) :]
    finally:
        stream.close()
    return None


class Guarded:
    """A file whose errors are kept aside, because they must not pass through the parser that reads."""

    def __init__(self, stream: BinaryIO) -> None:
        """Nothing has failed."""
        self._stream = stream
        self.failure: Exception | None = None

    def read(self, size: int = -1) -> bytes:
        """The next bytes; none at the end, or after a failure."""
        try:
            return b"" if self.failure else self._stream.read(size)
        except Exception as error:
            self.failure = error
            return b""

    def tell(self) -> int:
        """The offset of the next byte."""
        return self._stream.tell()

    def seek(self, offset: int, whence: int = 0) -> int:
        """Go to an offset."""
        return self._stream.seek(offset, whence)

    def close(self) -> None:
        """Close the file."""
        self._stream.close()


def _by_parser(error: BaseException) -> bool:
    """Whether the parser raised it: an OSError for bytes that it cannot read, or a panic of its native code."""
    return isinstance(error, OSError) or type(error).__name__ == "PanicException"


def _line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:300]


def _identity(record: Any) -> tuple[str | None, str | None]:
    return record_id(record.headers), url_of(record.headers)


def record_id(headers: Any) -> str | None:
    """The record's id, in angle brackets as WARC 1.1 writes it."""
    return (headers.get("WARC-Record-ID") or "").strip() or None


def url_of(headers: Any) -> str | None:
    """The record's address, without the angle brackets that some WARC 1.0 writers put around it."""
    value = (headers.get("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">")
    return value.replace("\0", "") or None
