"""Files behind https and s3, read in one stream that is resumed where it breaks."""

from __future__ import annotations

import io
import random
import time
from collections.abc import Callable
from typing import Any, BinaryIO, TypeVar

from decantry.jobs.sources.http_store import http_get, http_stat
from decantry.jobs.sources.reply import Reply, Retryable
from decantry.jobs.sources.s3_store import s3_get, s3_stat
from decantry.jobs.sources.source import SourceError, scheme

T = TypeVar("T")

ATTEMPTS = 6
"""How often a request is made before its file is given up."""
LONGEST_WAIT = 30.0
"""The longest pause between two attempts, in seconds."""


def open_remote(uri: str, offset: int, length: int | None = None) -> BinaryIO:
    """The file from `offset` on, for `length` bytes or to its end. Raises SourceError."""
    return io.BufferedReader(Resumed(uri, offset, length), buffer_size=1 << 18)


def stat_remote(uri: str) -> tuple[int | None, str | None]:
    """The file's size in bytes and its etag. Raises SourceError."""
    stat = s3_stat if scheme(uri) == "s3" else http_stat
    return retried(uri, lambda: stat(uri))


class Resumed(io.RawIOBase):
    """A remote file's bytes from an offset on. A connection that breaks or falls short is opened again where it ended;
    a file that has changed in between is an error.
    """

    def __init__(self, uri: str, offset: int, length: int | None = None) -> None:
        """Connects at once. Raises SourceError."""
        self._uri, self._at = uri, offset
        self._end = None if length is None else offset + length
        self._get: Callable[[str, int, int | None], Reply] = s3_get if scheme(uri) == "s3" else http_get
        self._reply: Reply | None = None
        self._version: str | None = None
        self._size: int | None = None
        self._connect()

    def readable(self) -> bool:
        """It can be read."""
        return True

    def tell(self) -> int:
        """The offset of the next byte."""
        return self._at

    def readinto(self, buffer: Any) -> int:
        """Fill `buffer` with the next bytes, as far as there are any. Raises SourceError."""
        data = retried(self._uri, lambda: self._read(len(buffer)))
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def close(self) -> None:
        """Close the connection."""
        if not self.closed and self._reply is not None:
            self._reply.close()
        super().close()

    def _read(self, size: int) -> bytes:
        if self._reply is None:
            self._connect()
        assert self._reply is not None
        try:
            data = self._reply.read(size if self._end is None else min(size, self._end - self._at))
            end = self._size if self._end is None or self._size is None else min(self._size, self._end)
            if not data and end is not None and self._at < end:
                raise Retryable(f"the connection ended at byte {self._at} of {end}")
        except Retryable:
            self._reply.close()
            self._reply = None
            raise
        return data

    def _connect(self) -> None:
        reply = retried(self._uri, lambda: self._get(self._uri, self._at, self._end))
        if self._version is not None and reply.version is not None and reply.version != self._version:
            reply.close()
            raise SourceError(f"{self._uri}: it changed while it was read")
        self._reply, self._size = reply, reply.size
        self._version = self._version or reply.version


def retried(uri: str, request: Callable[[], T]) -> T:
    """What the request returns, tried again after pauses that grow. Raises SourceError when it keeps failing."""
    for attempt in range(ATTEMPTS):
        try:
            return request()
        except Retryable as error:
            if attempt == ATTEMPTS - 1:
                raise SourceError(f"{uri}: {error} ({ATTEMPTS} attempts)") from None
            pause = min(LONGEST_WAIT, 0.5 * 2**attempt) * random.uniform(0.5, 1.0)
            time.sleep(max(pause, min(error.wait or 0.0, LONGEST_WAIT)))
    raise AssertionError
