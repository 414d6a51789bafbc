"""The lowest speed that a connection may have."""

from __future__ import annotations

import time
from collections.abc import Callable

from decantry.jobs.store.reply import Retryable

SLOWEST = 1 << 13
"""Bytes a second. A connection that is slower over a PERIOD is dropped. That counts as one failure."""
PERIOD = 20.0
"""Seconds of waiting for bytes. The time to process them does not count."""


class Pace:
    """Counts the bytes that a connection delivers in a period, and the seconds that they take."""

    def __init__(self) -> None:
        """Start with no bytes and no time."""
        self._given, self._waited = 0, 0.0

    def timed(self, read: Callable[[int], bytes], count: int) -> bytes:
        """Call `read` and return its bytes."""
        begin = time.monotonic()
        data = read(count)
        self._given += len(data)
        self._waited += time.monotonic() - begin
        return data

    def judge(self) -> None:
        """Raise Retryable if a period has ended and delivered too few bytes."""
        if self._waited >= PERIOD:
            slow = self._given < SLOWEST * self._waited
            message = f"the connection gave {self._given} bytes in {self._waited:.0f} s"
            self._given, self._waited = 0, 0.0
            if slow:
                raise Retryable(message)
