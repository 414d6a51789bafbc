"""The compressions of archive files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

import zstandard
from zlib_ng import zlib_ng

if TYPE_CHECKING:
    from decantry.udfs.archive.members import Input

CHUNK = 1 << 16
"""Compressed bytes read at a time."""
PIECE = 1 << 18
"""The largest piece of decompressed bytes made at a time."""
WINDOW = 1 << 27
"""The largest window of zstd, in bytes: how much of its output a decompressor must hold. It is that of the command
`zstd -d`."""
_AGAIN = "compress the file again, with --long=27"
_ZLIB_ERROR: Any = zlib_ng.error


class Codec(Protocol):
    """A compression whose members follow each other in a file."""

    magic: bytes
    step: int

    def decoder(self) -> Any:
        """A fresh zlib-like decompressor of one member."""

    def decode(self, decoder: Any, data: bytes) -> bytes:
        """The next piece of output, of bounded size. Raises ValueError for bytes that do not decompress."""

    def salvage(self, source: Input) -> Iterator[bytes]:
        """The output of a damaged member, up to the byte where it fails."""


class Gzip:
    """gzip members (RFC 1952)."""

    magic = b"\x1f\x8b\x08"
    step = CHUNK

    def decoder(self) -> Any:
        """A decompressor that checks the member's CRC."""
        return zlib_ng.decompressobj(wbits=31)

    def decode(self, decoder: Any, data: bytes) -> bytes:
        """At most PIECE bytes of output. The rest of the input is in `unconsumed_tail`."""
        try:
            piece: bytes = decoder.decompress(data, PIECE)
        except _ZLIB_ERROR as error:
            raise ValueError(str(error)) from None
        return piece

    def salvage(self, source: Input) -> Iterator[bytes]:
        """Output in smaller and smaller pieces, because zlib does not return the output of the call that fails."""
        decoder = self.decoder()
        data = source.take(self.step)
        size = 1 << 12
        while data and not decoder.eof:
            before = decoder.copy() if size > 1 else decoder
            try:
                piece = decoder.decompress(data, size)
            except _ZLIB_ERROR:
                if size == 1:
                    return
                decoder, size = before, 1
                continue
            data = decoder.unconsumed_tail or source.take(self.step)
            if piece:
                yield piece


class Zstd:
    """zstd frames (RFC 8878), with the dictionary that a first skippable frame may carry."""

    magic = b"\x28\xb5\x2f\xfd"
    step = 1 << 9

    def __init__(self, dictionary: bytes | None = None) -> None:
        """`dictionary` is the one that the file carries."""
        self._context = zstandard.ZstdDecompressor(
            dict_data=zstandard.ZstdCompressionDict(dictionary) if dictionary else None, max_window_size=WINDOW
        )

    def decoder(self) -> Any:
        """A decompressor; its input is given in small steps, which bounds its output."""
        return self._context.decompressobj()

    def decode(self, decoder: Any, data: bytes) -> bytes:
        """The output of one step."""
        try:
            piece: bytes = decoder.decompress(data)
        except zstandard.ZstdError as error:
            if "too much memory" in str(error):
                raise ValueError(f"zstd needs a window of more than {WINDOW >> 20} MiB: {_AGAIN}") from None
            raise ValueError(str(error)) from None
        return piece

    def salvage(self, source: Input) -> Iterator[bytes]:
        """Output for one byte of input at a time, because a block that fails has no output."""
        decoder = self.decoder()
        try:
            while not decoder.eof and (data := source.take(1)):
                if piece := decoder.decompress(data):
                    yield piece
        except zstandard.ZstdError:
            return
