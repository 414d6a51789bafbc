"""The compressed members of an archive file: where each starts and ends, its bytes, and what is wrong with it.

A WARC file is a sequence of gzip members or zstd frames, one for each record (WARC 1.1, annex D;
iipc/warc-specifications, warc-zstd). Reading member by member gives the exact offset of every record, and damage in one
member does not affect others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import BinaryIO

from decantry.udfs.archive.codecs import CHUNK, Codec

BEGINNING = 1 << 20
"""A member with at most this many decompressed bytes is held in memory."""
WINDOW = 1 << 20
"""Bytes searched at a time for the next member."""
PROOF = 1 << 11
"""How many compressed bytes suffice to see whether a member begins with a record."""
SALVAGED = 1 << 12
"""How many pieces of a damaged member are returned at a time."""
RECORD = re.compile(rb"(?:\xef\xbb\xbf)?[\r\n]*WARC/", re.IGNORECASE)
"""How a member that holds records begins."""


OpenAt = Callable[[int], BinaryIO]
"""Opens the file at an offset for reading on from there."""


class Input:
    """Compressed bytes from `start` on, with the position of the next one and a way to put some back."""

    def __init__(self, open_at: OpenAt, start: int) -> None:
        """Opens the file at `start`."""
        self._stream = open_at(start)
        self._buffer = b""
        self.position = start

    def take(self, size: int) -> bytes:
        """The next bytes, at most `size`; none at the end of the file."""
        if not self._buffer:
            self._buffer = self._stream.read(CHUNK) or b""
        if len(self._buffer) <= size:
            data, self._buffer = self._buffer, b""
        else:
            data, self._buffer = self._buffer[:size], self._buffer[size:]
        self.position += len(data)
        return data

    def put_back(self, data: bytes) -> None:
        """Put back `data`, the last bytes that were taken."""
        self._buffer = data + self._buffer if self._buffer else data
        self.position -= len(data)

    def peek(self, size: int) -> bytes:
        """The next `size` bytes (fewer at the end of the file), without consuming them."""
        while len(self._buffer) < size:
            more = self._stream.read(CHUNK)
            if not more:
                break
            self._buffer += more
        return self._buffer[:size]

    def close(self) -> None:
        """Close the file."""
        self._stream.close()


class Member:
    """One member, read as a stream of its decompressed bytes. If it is damaged, the stream ends early.

    `end` is the offset after it once `finished`. `damage` is None, `cut_short` or `bad_compression`. `failure` is an
    error of the file itself, stored here because it must not pass through the parser that reads.
    """

    def __init__(self, source: Input, codec: Codec, open_at: OpenAt | None = None) -> None:
        """With `open_at`, a damaged member is read again up to the last byte before the damage."""
        self._open_at = open_at
        self.offset = self.end = self._begin = source.position
        self.finished = False
        self.damage: str | None = None
        self.detail: str | None = None
        self.failure: Exception | None = None
        self._source, self._codec, self._decoder = source, codec, codec.decoder()
        self._tail = self._ready = b""
        self._made = 0
        self._salvage: Iterator[bytes] | None = None

    def read(self, size: int = -1) -> bytes:
        """At most `size` decompressed bytes; none at the end."""
        if not self._ready:
            self._ready = self._next()
        if size < 0 or len(self._ready) <= size:
            data, self._ready = self._ready, b""
        else:
            data, self._ready = self._ready[:size], self._ready[size:]
        return data

    def beginning(self) -> bytes:
        """The first bytes of the member; all of them if there are not many more than BEGINNING."""
        pieces = [self.read()]
        size = len(pieces[0])
        while not self.finished and size < BEGINNING and (piece := self.read()):
            pieces.append(piece)
            size += len(piece)
        return b"".join(pieces) if len(pieces) > 1 else pieces[0]

    @property
    def whole(self) -> bool:
        """Whether the member has been decompressed completely and is not damaged."""
        return self.finished and self.damage is None and self.failure is None

    def extend(self) -> bool:
        """Continue in the next member if this one is undamaged and the next does not begin with a record."""
        if not self.whole:
            return False
        ahead = self._source.peek(PROOF)
        if not ahead.startswith(self._codec.magic) or begins_record(self._codec, ahead):
            return False
        self._decoder, self.finished = self._codec.decoder(), False
        self._begin, self._made = self._source.position, 0
        return True

    @property
    def checked(self) -> bool:
        """Whether a damaged member decompressed completely and only its checksum failed."""
        return "check" in (self.detail or "")

    def drain(self) -> None:
        """Read to the member's end, where its checksum is. Raises the error that reading the file raised."""
        self._ready = b""
        while self._next():
            pass
        if self.failure is not None:
            raise self.failure

    def _next(self) -> bytes:
        while not self.finished:
            try:
                data = self._tail or self._source.take(self._codec.step)
            except Exception as error:
                self.failure = error
                self._finish(None, None)
                break
            if not data:
                self._finish("cut_short", "the file ends inside of a compressed member")
                break
            try:
                piece = self._codec.decode(self._decoder, data)
            except ValueError as error:
                self._finish("bad_compression", str(error))
                break
            self._made += len(piece)
            if self._decoder.eof:
                self._source.put_back(self._decoder.unused_data)
                self._tail = b""
                self._finish(None, None)
                return piece
            self._tail = getattr(self._decoder, "unconsumed_tail", b"")
            if piece:
                return piece
        return self._salvaged() if self.damage == "bad_compression" else b""

    def _salvaged(self) -> bytes:
        """The output of the decompressor for the damaged member that was not returned yet."""
        if self._open_at is None:
            return b""
        if self._salvage is None:
            self._salvage = self._again(self._open_at)
            left = self._made
            while left and (piece := next(self._salvage, b"")):
                if len(piece) > left:
                    return piece[left:]
                left -= len(piece)
        return b"".join(piece for _, piece in zip(range(SALVAGED), self._salvage, strict=False))

    def _again(self, open_at: OpenAt) -> Iterator[bytes]:
        source = Input(open_at, self._begin)
        try:
            yield from self._codec.salvage(source)
        finally:
            source.close()

    def _finish(self, damage: str | None, detail: str | None) -> None:
        self.finished, self.damage, self.detail, self.end = True, damage, detail, self._source.position


def find_member(open_at: OpenAt, codec: Codec, start: int) -> int | None:
    """The offset, `start` or later, of the first member that begins with a WARC record; None if there is none."""
    stream = open_at(start)
    base, window = start, b""
    try:
        while True:
            block = stream.read(WINDOW)
            window += block
            last = not block
            at = window.find(codec.magic)
            while at >= 0 and (last or at + PROOF <= len(window)):
                if begins_record(codec, window[at : at + PROOF]):
                    return base + at
                at = window.find(codec.magic, at + 1)
            if last:
                return None
            keep = at if at >= 0 else max(0, len(window) - len(codec.magic) + 1)
            base, window = base + keep, window[keep:]
    finally:
        stream.close()


def begins_record(codec: Codec, data: bytes) -> bool:
    """Whether `data` is the start of a member that begins with a WARC record."""
    try:
        return RECORD.match(codec.decode(codec.decoder(), data)) is not None
    except ValueError:
        return False
