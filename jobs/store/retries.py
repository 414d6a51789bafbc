"""How often a request to a store is repeated, and the pauses between the attempts."""

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
"""How many attempts without progress are made before a file is given up."""
FIRST_WAIT = 0.1
"""The longest pause before the second attempt, in seconds. Each further pause may be twice as long."""
THROTTLED_WAIT = 1.0
"""The same if the store asked for fewer requests (503 SlowDown, 429)."""
LONGEST_WAIT = 30.0
"""The longest pause between two attempts, in seconds."""


class Retries:
    """Counts the failures of requests for `uri`, and pauses after each. After ATTEMPTS it raises Unavailable."""

    def __init__(self, uri: str) -> None:
        """Start with no failures."""
        self._uri, self._failures = uri, 0

    def reset(self) -> None:
        """Count from zero again, because a request made progress."""
        self._failures = 0

    def wait_after(self, error: Retryable) -> None:
        """Pause for a random part of a time that doubles, but no shorter than the store asked for.

        Raises Unavailable if this was the last attempt.
        """
        self._failures += 1
        if self._failures >= ATTEMPTS:
            raise Unavailable(f"{public(self._uri)}: {error} ({self._failures} attempts)") from None
        base = THROTTLED_WAIT if error.throttled else FIRST_WAIT
        longest = min(LONGEST_WAIT, base * 2 ** (self._failures - 1))
        asked = min(error.wait or 0.0, LONGEST_WAIT)
        time.sleep(min(LONGEST_WAIT, asked + random.uniform(longest / 4, longest)))


def retried(uri: str, request: Callable[[], T]) -> T:
    """The result of the request, which is repeated while it may succeed. Raises Unavailable if it keeps failing."""
    retries = Retries(uri)
    while True:
        try:
            return request()
        except Retryable as error:
            retries.wait_after(error)
