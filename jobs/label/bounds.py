"""Bounds on labelling: requests a minute, tokens, and cost."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition, Lock

from decantry.jobs.process.errors import UserError

TEMPLATE_TOKENS = 100
"""The most tokens that a chat template adds to a prompt."""
MILLION = 1_000_000


class Spent(Exception):
    """The next request was not made, because it could pass a bound, which the message names."""


class Pace:
    """Limits the rate of requests of all threads."""

    def __init__(
        self,
        rate: float | None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """Allow at most `rate` requests a minute, evenly spaced; any number if None."""
        self._gap = 60.0 / rate if rate else 0.0
        self._clock, self._sleep, self._lock = clock, sleep, Lock()
        self._next = clock()

    def turn(self) -> None:
        """Wait until the next request may be made."""
        with self._lock:
            now = self._clock()
            mine = max(now, self._next)
            self._next = mine + self._gap
        if mine > now:
            self._sleep(mine - now)

    def hold(self, seconds: float) -> None:
        """Allow no request for this many seconds."""
        with self._lock:
            self._next = max(self._next, self._clock() + seconds)


@dataclass(frozen=True)
class Price:
    """The prices of a million prompt tokens and of a million answer tokens, in any currency."""

    prompt: float
    completion: float

    def of(self, prompt: int, completion: int) -> float:
        """The cost of this many tokens."""
        return (prompt * self.prompt + completion * self.completion) / MILLION


class Purse:
    """A budget. A request is made only if its highest possible cost stays within the bounds."""

    def __init__(
        self, max_tokens: int | None = None, max_cost: float | None = None, price: Price | None = None
    ) -> None:
        """Start with nothing spent. Raises UserError for a bound on cost without a price."""
        if max_cost is not None and price is None:
            raise UserError("--max-cost needs the prices of a million tokens: give them with --price IN,OUT")
        self._max_tokens, self._max_cost, self._price = max_tokens, max_cost, price or Price(0.0, 0.0)
        self._settled, self._open = Condition(), 0
        self.prompt = self.completion = 0
        """The tokens that are spent, or reserved for requests under way."""

    @property
    def cost(self) -> float:
        """The cost of the tokens that are spent or reserved."""
        return self._price.of(self.prompt, self.completion)

    def reserve(self, prompt: int, completion: int) -> None:
        """Reserve this many tokens for a request. Call `settle` after it.

        If the budget is short, wait for requests under way, which may use less than reserved. Raises Spent if a bound
        could be passed.
        """
        with self._settled:
            while (bound := self._passed(prompt, completion)) is not None:
                if not self._open:
                    raise Spent(bound)
                self._settled.wait()
            self._open += 1
            self.prompt += prompt
            self.completion += completion

    def settle(self, promised: tuple[int, int], used: tuple[int, int]) -> None:
        """Replace the reserved tokens of a finished request by the tokens that it used."""
        with self._settled:
            self._open -= 1
            self.prompt += used[0] - promised[0]
            self.completion += used[1] - promised[1]
            self._settled.notify_all()

    def _passed(self, prompt: int, completion: int) -> str | None:
        """The bound that this many more tokens would pass; None if there is none."""
        tokens = self.prompt + self.completion + prompt + completion
        if self._max_tokens is not None and tokens > self._max_tokens:
            return f"--max-tokens {self._max_tokens:,}"
        if self._max_cost is not None and self.cost + self._price.of(prompt, completion) > self._max_cost:
            return f"--max-cost {self._max_cost:g}"
        return None


def most_tokens(prompt: str) -> int:
    """The most tokens that the prompt can have, because a token of a byte-level vocabulary has at least one byte."""
    return len(prompt.encode()) + TEMPLATE_TOKENS
