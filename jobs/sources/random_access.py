"""A file with random access, as Parquet needs it."""

from __future__ import annotations

import io
from typing import Any, BinaryIO

from decantry.jobs.process.address import public
from decantry.jobs.sources.source import Source, inspect
from decantry.jobs.store.errors import SourceError


class RandomAccess(io.RawIOBase):
    """A file that is reopened after each seek. Raises SourceError if its size is not known."""

    def __init__(self, source: Source) -> None:
        """Requests the file's size if it is not known. The file is opened at the first read."""
        self._source = source if source.bytes is not None else inspect(source)
        if self._source.bytes is None:
            raise SourceError(f"{public(source.uri)}: its size is not known")
        self._size, self._at = self._source.bytes, 0
        self._stream: BinaryIO | None = None

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True: a read may start anywhere."""
        return True

    def tell(self) -> int:
        """The offset of the next byte."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Set the offset. The next read opens the file there."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        if base + offset != self._at:
            self._at = base + offset
            self._drop()
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` with the next bytes, as far as there are any."""
        if self._at >= self._size:
            return 0
        if self._stream is None:
            self._stream = self._source.open(self._at)
        data = self._stream.read(len(buffer)) or b""
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        """Close the file."""
        self._drop()
        super().close()

    def _drop(self) -> None:
        if self._stream is not None:
            self._stream.close()
            self._stream = None
