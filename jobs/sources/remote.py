"""Files behind https and s3, read in one stream that is resumed where it breaks."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any, BinaryIO

from decantry.jobs.process.address import public
from decantry.jobs.sources.http_store import http_get, http_stat
from decantry.jobs.sources.names import scheme
from decantry.jobs.store.errors import SourceError
from decantry.jobs.store.pace import Pace
from decantry.jobs.store.reply import Reply, Retryable
from decantry.jobs.store.retries import Retries, retried
from decantry.jobs.store.s3_store import s3_get, s3_stat

PIECE = 1 << 18
"""How many bytes of a file are held at once, at most."""
GAINED = 1 << 16
"""After this many bytes, the count of failures starts again."""


def open_remote(
    uri: str, offset: int, length: int | None = None, *, size: int | None = None, version: str | None = None
) -> BinaryIO:
    """The file from `offset` on, for `length` bytes or to its end. Raises SourceError.

    `size` and `version` are the known ones: a file with others is an error.
    """
    return io.BufferedReader(Resumed(uri, offset, length, size=size, version=version), buffer_size=PIECE)


def stat_remote(uri: str) -> tuple[int | None, str | None]:
    """The file's size in bytes and its etag. Raises SourceError."""
    stat = s3_stat if scheme(uri) == "s3" else http_stat
    return retried(uri, lambda: stat(uri))


class Resumed(io.RawIOBase):
    """A remote file's bytes from an offset on.

    A connection that breaks, ends early or is too slow is reopened where it ended. A file that changed meanwhile is an
    error.
    """

    def __init__(
        self, uri: str, offset: int, length: int | None = None, *, size: int | None = None, version: str | None = None
    ) -> None:
        """Connects at once. Raises SourceError."""
        self._uri, self._at = uri, offset
        self._end = None if length is None else offset + length
        self._get: Callable[[str, int, int | None], Reply] = s3_get if scheme(uri) == "s3" else http_get
        self._reply: Reply | None = None
        self._size, self._version = size, _comparable(version)
        self._retries, self._gained = Retries(uri), 0
        self._pace = Pace()
        while self._reply is None:
            try:
                self._connect()
            except Retryable as error:
                self._retries.wait_after(error)

    def readable(self) -> bool:
        """True."""
        return True

    def tell(self) -> int:
        """The offset of the next byte."""
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` with the next bytes, as far as there are any. Raises SourceError."""
        while True:
            try:
                data = self._read(len(buffer))
                break
            except Retryable as error:
                self._failed(error)
        buffer[: len(data)] = data
        self._at += len(data)
        self._gained += len(data)
        try:
            if self._at != self._size:
                self._pace.judge()
        except Retryable as error:
            self._failed(error)  # keeps the bytes that arrived; the next ones come over another connection
        return len(data)

    def close(self) -> None:
        """Close the connection."""
        if not self.closed:
            self._drop()
        super().close()

    def _read(self, size: int) -> bytes:
        reply = self._reply or self._connect()
        wanted = size if self._end is None else min(size, self._end - self._at)
        if self._size is not None:
            wanted = min(wanted, self._size - self._at)
        if wanted <= 0:
            return b""
        data = self._pace.timed(reply.read, wanted)
        if not data and self._size is not None:
            raise Retryable(f"the connection ended at byte {self._at} of {self._size}")
        return data

    def _failed(self, error: Retryable) -> None:
        """Drop the connection and pause. Raises SourceError after too many failures without progress."""
        if self._gained >= GAINED:
            self._retries.reset()
        self._gained = 0
        self._drop()
        self._retries.wait_after(error)

    def _connect(self) -> Reply:
        reply = self._get(self._uri, self._at, self._end)
        version = _comparable(reply.version)
        if self._version is not None and version is not None and version != self._version:
            reply.close()
            raise SourceError(f"{public(self._uri)}: it changed while it was read")
        if self._size is not None and reply.size is not None and reply.size != self._size:
            reply.close()
            raise Retryable(f"the store answers a file of {reply.size} bytes instead of {self._size}")
        self._size = reply.size if self._size is None else self._size
        self._version = self._version or version
        self._reply, self._pace = reply, Pace()
        return reply

    def _drop(self) -> None:
        if self._reply is not None:
            self._reply.close()
            self._reply = None


def _comparable(version: str | None) -> str | None:
    """The version if it identifies the bytes, which a weak etag does not; else None."""
    return None if version is None or version.startswith("W/") else version
