"""A stream of bytes with lookahead, which can go back to any offset."""

from __future__ import annotations

from typing import TYPE_CHECKING, BinaryIO, Protocol

from decantry.udfs.archive.members import Input, Member, OpenAt

if TYPE_CHECKING:
    from decantry.udfs.archive.codecs import Codec

PIECE = 1 << 16
"""How many bytes are read at a time."""


class Content(Protocol):
    """The source of a flow's bytes."""

    def read(self) -> bytes:
        """The next piece; empty at the end."""

    def extend(self) -> bool:
        """Continue past the end, because a record continues there. Returns whether that is possible."""

    def rewind(self, offset: int) -> None:
        """Go back to the offset."""


class Plain:
    """The bytes of an uncompressed stretch of a file."""

    def __init__(self, open_at: OpenAt, start: int) -> None:
        """`start` is the offset of the stretch."""
        self._open_at, self._start = open_at, start
        self._stream: BinaryIO = open_at(start)

    def read(self) -> bytes:
        """The next piece."""
        return self._stream.read(PIECE) or b""

    def extend(self) -> bool:
        """False: there is nothing past a file's end."""
        return False

    def rewind(self, offset: int) -> None:
        """Open the file at the offset."""
        self._stream.close()
        self._stream = self._open_at(self._start + offset)

    def close(self) -> None:
        """Close the file."""
        self._stream.close()


class Packed:
    """The decompressed bytes of one member, and of following members in which its record continues."""

    def __init__(self, open_at: OpenAt, source: Input, codec: Codec) -> None:
        """`source` is at the member's first byte."""
        self._open_at, self.source, self._codec = open_at, source, codec
        self.member = Member(source, codec, open_at)

    def read(self) -> bytes:
        """The next piece. Raises the errors of reading the file."""
        return self.member.read()

    def extend(self) -> bool:
        """Continue in the next member, unless it begins with a record."""
        return self.member.extend()

    def rewind(self, offset: int) -> None:
        """Decompress again from the member's first byte."""
        start = self.member.offset
        self.source.close()
        self.source = Input(self._open_at, start)
        self.member = Member(self.source, self._codec, self._open_at)
        skipped = 0
        while skipped < offset and (piece := self.member.read(min(PIECE, offset - skipped)) or self._more()):
            skipped += len(piece)

    def _more(self) -> bytes:
        return self.member.read(1) if self.member.extend() else b""


class Flow:
    """The bytes of some content from an offset on. `position` is the offset of the next byte.

    `total` is the number of bytes, once the content has been read to its end.
    """

    def __init__(self, content: Content, ahead: bytes = b"") -> None:
        """Start at the content's first byte. `ahead` holds bytes that were read already."""
        self._content = content
        self._base = self._at = 0
        self._buffer = ahead
        self.total: int | None = None

    @property
    def position(self) -> int:
        """The offset of the next byte."""
        return self._base + self._at

    @property
    def ahead(self) -> tuple[bytes, int]:
        """The buffer, and the index of the next byte in it."""
        return self._buffer, self._at

    def fill(self, size: int, *, extend: bool = False) -> int:
        """Buffer `size` bytes from the next one on (fewer at the end of the content); returns how many are buffered."""
        held = len(self._buffer) - self._at
        if held >= size:
            return held
        pieces = []
        while held < size:
            piece = self._content.read()
            if piece:
                pieces.append(piece)
                held += len(piece)
            elif not extend:
                break
            elif not self._content.extend():
                self.total = self.position + held
                break
        if pieces:
            left = self._buffer[self._at :]
            self._base, self._at = self._base + self._at, 0
            self._buffer = b"".join([left, *pieces]) if left or len(pieces) > 1 else pieces[0]
        return held

    def move(self, size: int) -> None:
        """Skip `size` buffered bytes."""
        self._at += size

    def take(self, size: int) -> bytes:
        """The next `size` bytes, fewer at the end of the content."""
        self.fill(size, extend=True)
        data = self._buffer[self._at : self._at + size]
        self._at += len(data)
        return data

    def skip(self, size: int) -> int:
        """Skip `size` bytes; returns how many there were."""
        left = size
        while left and (held := self.fill(1, extend=True)):
            step = min(left, held)
            self._at += step
            left -= step
        return size - left

    def rewind(self, offset: int) -> None:
        """Go back to an earlier offset."""
        if self._base <= offset <= self._base + len(self._buffer):
            self._at = offset - self._base
            return
        self._content.rewind(offset)
        self._base, self._at, self._buffer = offset, 0, b""
