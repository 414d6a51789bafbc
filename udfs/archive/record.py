"""A record of an archive, and a stretch of bytes that is not a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from decantry.udfs.archive.headers import Headers, names_of

if TYPE_CHECKING:
    from decantry.udfs.archive.flow import Flow

T = TypeVar("T")


class ShortRecord(Exception):
    """The record holds fewer bytes than it claims."""


class Record:
    """A record that is being read: its type (in lower case; empty if it has none), fields and length."""

    def __init__(self, flow: Flow, headers: Headers, length: int) -> None:
        """`flow` is at the first byte of the block."""
        self._flow, self.headers, self.content_length = flow, headers, length
        self._left = length
        self.kind = (headers.get("warc-type") or "").lower()

    def read(self, size: int | None = None) -> bytes:
        """The next `size` bytes of the block, or all remaining ones. Raises ShortRecord if the stream has fewer."""
        size = self._left if size is None else min(size, self._left)
        data = self._flow.take(size)
        self._left -= len(data)
        if len(data) < size:
            raise self._short()
        return data

    def skip(self) -> None:
        """Skip the rest of the block. Raises ShortRecord."""
        passed = self._flow.skip(self._left)
        short = passed < self._left
        self._left -= passed
        if short:
            raise self._short()

    def _short(self) -> ShortRecord:
        return ShortRecord(f"the record has {self.content_length - self._left} of {self.content_length} bytes")


@dataclass(frozen=True)
class Whole(Generic[T]):
    """A record that was read completely, its offset in the stream, and what was taken from it."""

    start: int
    end: int
    value: T
    headers: Headers

    @property
    def names(self) -> tuple[str | None, str | None]:
        """The record's id and address."""
        return names_of(self.headers)


@dataclass(frozen=True)
class Broken:
    """A stretch of the stream that is not a record; `last` if the stream ends in it too early."""

    start: int
    end: int
    reason: str
    detail: str
    id: str | None = None
    url: str | None = None
    last: bool = False
