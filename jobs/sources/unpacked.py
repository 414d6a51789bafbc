"""A file's bytes, decompressed if they begin as gzip or zstd."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from decantry.udfs.archive.codecs import Gzip
from decantry.udfs.archive.members import Input, Member
from decantry.udfs.archive.warc import codec_of

if TYPE_CHECKING:
    from decantry.jobs.sources.source import Source


class Unpacked(io.RawIOBase):
    """The decompressed bytes, up to the first damage. `damage` is then the reason (of stage `archive`) and a detail."""

    def __init__(self, source: Source, start: int = 0) -> None:
        """Opens the file, at `start` if it is not compressed. Raises SourceError."""
        self._open = source.open
        with self._open(0) as stream:
            head = stream.read(8)
        self._codec = codec_of(head, self._open)
        self._input = Input(self._open, 0 if self.packed else start)
        self._member: Member | None = None
        self._left = b""
        self.damage: tuple[str, str] | None = None

    @property
    def packed(self) -> bool:
        """Whether the file is compressed."""
        return self._codec is not None

    def readable(self) -> bool:
        """True."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` with the next bytes, as far as there are any."""
        data = self._left or self._more()
        taken = data[: len(buffer)]
        self._left = data[len(taken) :]
        buffer[: len(taken)] = taken
        return len(taken)

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            self._input.close()
        super().close()

    def _more(self) -> bytes:
        if self._codec is None:
            return self._input.take(1 << 16)
        while self.damage is None:
            if self._member is None:
                if not self._input.peek(1):
                    return b""
                # A step of zstd is short, and to decode a long frame again byte by byte would take hours.
                again = self._open if isinstance(self._codec, Gzip) else None
                self._member = Member(self._input, self._codec, again)
            data = self._member.read()
            if data:
                return data
            if self._member.failure is not None:
                raise self._member.failure
            if self._member.damage is not None:
                self.damage = self._member.damage, self._member.detail or ""
            self._member = None
        return b""
