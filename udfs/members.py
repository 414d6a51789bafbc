"""The compressed members of an archive file: where each starts and ends, its bytes, and what is wrong with it.

A WARC file is a row of gzip members or zstd frames, a record each (WARC 1.1, annex D; iipc/warc-specifications,
warc-zstd). Reading member by member gives every record its exact place and keeps damage where it is.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, BinaryIO, Protocol

import zstandard
from zlib_ng import zlib_ng

CHUNK = 1 << 15
"""Compressed bytes read at a time."""
PIECE = 1 << 16
"""Decompressed bytes held at a time; as many as fastwarc asks for."""
WINDOW = 1 << 20
"""Bytes searched at a time for the next member."""
PROOF = 1 << 11
"""Compressed bytes that suffice to see whether a member begins with a record."""

_ZLIB_ERROR: Any = zlib_ng.error

OpenAt = Callable[[int], BinaryIO]
"""Opens the file at an offset for reading on from there."""


class Codec(Protocol):
    """A compression whose members stand one after the other."""

    magic: bytes
    step: int

    def decoder(self) -> Any:
        """A fresh zlib-like decompressor of one member."""

    def decode(self, decoder: Any, data: bytes) -> bytes:
        """The next piece of output, of bounded size. Raises ValueError for bytes that do not decompress."""


class Gzip:
    """gzip members (RFC 1952)."""

    magic = b"\x1f\x8b\x08"
    step = CHUNK

    def decoder(self) -> Any:
        """A decompressor that checks the member's CRC."""
        return zlib_ng.decompressobj(wbits=31)

    def decode(self, decoder: Any, data: bytes) -> bytes:
        """At most PIECE bytes of output; what is left of the input is in `unconsumed_tail`."""
        try:
            piece: bytes = decoder.decompress(data, PIECE)
        except _ZLIB_ERROR as error:
            raise ValueError(str(error)) from None
        return piece


class Zstd:
    """zstd frames (RFC 8878), with the dictionary that a first skippable frame may carry."""

    magic = b"\x28\xb5\x2f\xfd"
    step = 1 << 11

    def __init__(self, dictionary: bytes | None = None) -> None:
        """`dictionary` is the one that the file carries."""
        self._context = zstandard.ZstdDecompressor(
            dict_data=zstandard.ZstdCompressionDict(dictionary) if dictionary else None, max_window_size=1 << 27
        )

    def decoder(self) -> Any:
        """A decompressor; its input is given in small steps, which bounds its output."""
        return self._context.decompressobj()

    def decode(self, decoder: Any, data: bytes) -> bytes:
        """The output of one step."""
        try:
            piece: bytes = decoder.decompress(data)
        except zstandard.ZstdError as error:
            raise ValueError(str(error)) from None
        return piece


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
        """Make `data`, the last bytes taken, the next ones again."""
        self._buffer = data + self._buffer if self._buffer else data
        self.position -= len(data)

    def peek(self, size: int) -> bytes:
        """The next `size` bytes (fewer at the end of the file), without taking them."""
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
    """One member, read as the stream of its decompressed bytes; it ends early, and says why, where it is damaged.

    `end` is the offset after it once `finished`; `damage` is null, `cut_short` or `bad_compression`; `failure` is the
    error of the file itself, kept here because it must not pass through the parser that reads.
    """

    def __init__(self, source: Input, codec: Codec, *, spans: bool = False) -> None:
        """`spans` reads on through members that do not begin with a record."""
        self._spans = spans
        self.offset = self.end = source.position
        self.finished = False
        self.damage: str | None = None
        self.detail: str | None = None
        self.failure: Exception | None = None
        self._source, self._codec, self._decoder = source, codec, codec.decoder()
        self._tail = self._ready = b""
        self._told = 0

    def read(self, size: int = -1) -> bytes:
        """At most `size` decompressed bytes; none at the end."""
        if not self._ready:
            self._ready = self._next()
        if size < 0 or len(self._ready) <= size:
            data, self._ready = self._ready, b""
        else:
            data, self._ready = self._ready[:size], self._ready[size:]
        self._told += len(data)
        return data

    def tell(self) -> int:
        """How many decompressed bytes have been read."""
        return self._told

    def continues(self) -> bool:
        """Whether the member is whole, and one follows that does not begin with a record."""
        if self.damage is not None:
            return False
        ahead = self._source.peek(PROOF)
        return ahead.startswith(self._codec.magic) and not begins_record(self._codec, ahead)

    def seek(self, offset: int, whence: int = 0) -> int:
        """A stream of decompressed bytes goes nowhere but on."""
        raise io.UnsupportedOperation("seek")

    def close(self) -> None:
        """The file is closed by who opened it."""

    def drain(self) -> None:
        """Go to the member's end, where its checksum stands. Raises what reading the file raised."""
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
            if self._decoder.eof:
                self._source.put_back(self._decoder.unused_data)
                self._tail = b""
                if self._spans and self.continues():
                    self._decoder = self._codec.decoder()
                    if piece:
                        return piece
                    continue
                self._finish(None, None)
                return piece
            self._tail = getattr(self._decoder, "unconsumed_tail", b"")
            if piece:
                return piece
        return b""

    def _finish(self, damage: str | None, detail: str | None) -> None:
        self.finished, self.damage, self.detail, self.end = True, damage, detail, self._source.position


def find_member(open_at: OpenAt, codec: Codec, start: int) -> int | None:
    """The offset, `start` or later, of the first member that begins with a WARC record; null where there is none."""
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
    """Whether `data` is the start of a member whose first bytes are those of a WARC record."""
    try:
        return codec.decode(codec.decoder(), data).startswith(b"WARC/")
    except ValueError:
        return False
