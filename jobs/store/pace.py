"""How slow a connection may be."""

from __future__ import annotations

import time
from collections.abc import Callable

from decantry.jobs.store.reply import Retryable

SLOWEST = 1 << 13
"""A connection that gives less than this, in bytes a second, over PERIOD is dropped: that is one failure."""
PERIOD = 20.0
"""In seconds that were waited for bytes; what is done with them meanwhile does not count."""


class Pace:
    """What a connection has given in this period, and how long that was waited for."""

    def __init__(self) -> None:
        """Nothing was waited for."""
        self._given, self._waited = 0, 0.0

    def timed(self, read: Callable[[int], bytes], count: int) -> bytes:
        """What `read` gives."""
        begin = time.monotonic()
        data = read(count)
        self._given += len(data)
        self._waited += time.monotonic() - begin
        return data

    def judge(self) -> None:
        """Raise Retryable where a period is over that gave too little."""
        if self._waited >= PERIOD:
            slow = self._given < SLOWEST * self._waited
            told = f"the connection gave {self._given} bytes in {self._waited:.0f} s"
            self._given, self._waited = 0, 0.0
            if slow:
                raise Retryable(told)
