"""What a store answers to a request for bytes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


class Retryable(Exception):
    """A request that may succeed when it is made again; `wait` is the pause the store asked for, in seconds."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        """`message` is one line."""
        super().__init__(message)
        self.wait = wait


@dataclass(frozen=True)
class Reply:
    """A stream of bytes: `size` is that of the whole file, `version` its etag; reading raises Retryable."""

    size: int | None
    version: str | None
    read: Callable[[int], bytes]
    close: Callable[[], None]


def byte_range(offset: int, end: int | None) -> dict[str, str]:
    """The Range header of the bytes `[offset, end)`; none for a whole file."""
    if not offset and end is None:
        return {}
    return {"Range": f"bytes={offset}-{'' if end is None else end - 1}"}
