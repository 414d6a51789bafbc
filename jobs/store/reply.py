"""The answers of a store to requests for bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

OLDER_PIECE = 1 << 13
_SPAN = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")


class Retryable(Exception):
    """A request that may succeed when it is made again; `wait` is the pause the store asked for, in seconds.

    `throttled` says that the store asks for fewer requests.
    """

    def __init__(self, message: str, wait: float | None = None, *, throttled: bool = False) -> None:
        """`message` is one line."""
        super().__init__(message)
        self.wait, self.throttled = wait, throttled


@dataclass(frozen=True)
class Reply:
    """A stream of bytes. `size` is the size of the whole file, `version` its etag. Reading raises Retryable."""

    size: int | None
    version: str | None
    read: Callable[[int], bytes]
    close: Callable[[], None]


def byte_range(offset: int, end: int | None) -> dict[str, str]:
    """The Range header for the bytes `[offset, end)`; empty for a whole file."""
    if not offset and end is None:
        return {}
    return {"Range": f"bytes={offset}-{'' if end is None else end - 1}"}


def range_of(header: str | None) -> tuple[int | None, int | None]:
    """The first byte of a Content-Range, and the size of the whole file; None for what the header does not say."""
    match = _SPAN.match(header or "")
    if match is None:
        return None, None
    return int(match[1]), int(match[2]) if match[2].isdigit() else None


def require_range(begin: int | None, offset: int) -> None:
    """Raise Retryable if a store sends other bytes than those requested, or does not say which bytes it sends."""
    if begin != offset:
        what = "a range that it does not name" if begin is None else f"the range from {begin}"
        raise Retryable(f"the store answers {what} instead of that from {offset}")


def piece_of(stream: Any, count: int) -> bytes:
    """The next bytes of a urllib3 response as they arrive, at most `count`. Raises Retryable."""
    import urllib3

    try:
        if hasattr(stream, "read1"):
            data: bytes = stream.read1(count, decode_content=False)
        else:  # an older urllib3 waits for all that it is asked for
            data = stream.read(min(count, OLDER_PIECE), decode_content=False)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        raise Retryable(f"the connection broke ({type(error).__name__})") from None
    return data
