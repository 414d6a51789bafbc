"""How long a store is asked again, and what pauses lie between."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from typing import TypeVar

from decantry.jobs.process.address import public
from decantry.jobs.store.errors import Unavailable
from decantry.jobs.store.reply import Retryable

T = TypeVar("T")

ATTEMPTS = 10
"""How often a request is made, with nothing gained, before its file is given up."""
FIRST_WAIT = 0.1
"""The longest pause before the second attempt, in seconds; each further one may be twice as long."""
THROTTLED_WAIT = 1.0
"""The same, where the store asked for less (503 SlowDown, 429)."""
LONGEST_WAIT = 30.0
"""The longest pause between two attempts, in seconds."""


class Patience:
    """Counts failures, and pauses after each; what `uri` names is given up with Unavailable."""

    def __init__(self, uri: str) -> None:
        """Nothing has failed."""
        self._uri, self._failures = uri, 0

    def renew(self) -> None:
        """Something was gained: failures are counted anew."""
        self._failures = 0

    def after(self, error: Retryable) -> None:
        """Pause, for a random part of a time that doubles, no shorter than the store asked for. Raises Unavailable."""
        self._failures += 1
        if self._failures >= ATTEMPTS:
            raise Unavailable(f"{public(self._uri)}: {error} ({self._failures} attempts)") from None
        base = THROTTLED_WAIT if error.throttled else FIRST_WAIT
        longest = min(LONGEST_WAIT, base * 2 ** (self._failures - 1))
        asked = min(error.wait or 0.0, LONGEST_WAIT)
        time.sleep(min(LONGEST_WAIT, asked + random.uniform(longest / 4, longest)))


def retried(uri: str, request: Callable[[], T]) -> T:
    """What the request returns, made again while it may yet succeed. Raises Unavailable when it keeps failing."""
    patience = Patience(uri)
    while True:
        try:
            return request()
        except Retryable as error:
            patience.after(error)
