"""Bounds on what labelling takes: requests a minute, tokens, and money."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from threading import Condition, Lock

from decantry.jobs.process.errors import UserError

TEMPLATE_TOKENS = 100
"""What a chat template may add to a prompt, in tokens, at most."""
MILLION = 1_000_000


class Spent(Exception):
    """The next request could pass a bound, so it is not made: says which."""


class Pace:
    """When the next request may be made; common to all threads."""

    def __init__(
        self,
        rate: float | None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], object] = time.sleep,
    ) -> None:
        """At most `rate` requests a minute (None: any number), one after the other at equal distances."""
        self._gap = 60.0 / rate if rate else 0.0
        self._clock, self._sleep, self._lock = clock, sleep, Lock()
        self._next = clock()

    def turn(self) -> None:
        """Return when the next request may be made."""
        with self._lock:
            now = self._clock()
            mine = max(now, self._next)
            self._next = mine + self._gap
        if mine > now:
            self._sleep(mine - now)

    def hold(self, seconds: float) -> None:
        """Nobody may make a request for so long."""
        with self._lock:
            self._next = max(self._next, self._clock() + seconds)


@dataclass(frozen=True)
class Price:
    """What a million tokens cost, of prompts and of answers, in any currency."""

    prompt: float
    completion: float

    def of(self, prompt: int, completion: int) -> float:
        """What so many tokens cost."""
        return (prompt * self.prompt + completion * self.completion) / MILLION


class Purse:
    """What may be spent. A request is made only if its most expensive outcome stays within the bounds."""

    def __init__(
        self, max_tokens: int | None = None, max_cost: float | None = None, price: Price | None = None
    ) -> None:
        """Nothing is spent. Raises UserError for a bound on cost without a price."""
        if max_cost is not None and price is None:
            raise UserError("--max-cost needs to know what tokens cost: say it with --price IN,OUT a million tokens")
        self._max_tokens, self._max_cost, self._price = max_tokens, max_cost, price or Price(0.0, 0.0)
        self._settled, self._open = Condition(), 0
        self.prompt = self.completion = 0
        """The tokens that are spent, or promised to requests under way."""

    @property
    def cost(self) -> float:
        """What is spent, or promised."""
        return self._price.of(self.prompt, self.completion)

    def reserve(self, prompt: int, completion: int) -> None:
        """Promise so many tokens to a request, which must be settled.

        Waits for requests under way, if these may leave enough. Raises Spent if a bound could be passed.
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
        """The request is over: what it used takes the place of what it was promised."""
        with self._settled:
            self._open -= 1
            self.prompt += used[0] - promised[0]
            self.completion += used[1] - promised[1]
            self._settled.notify_all()

    def _passed(self, prompt: int, completion: int) -> str | None:
        """The bound that so many more tokens would pass."""
        tokens = self.prompt + self.completion + prompt + completion
        if self._max_tokens is not None and tokens > self._max_tokens:
            return f"--max-tokens {self._max_tokens:,}"
        if self._max_cost is not None and self.cost + self._price.of(prompt, completion) > self._max_cost:
            return f"--max-cost {self._max_cost:g}"
        return None


def most_tokens(prompt: str) -> int:
    """The most tokens that the prompt can have: no token of a byte-level vocabulary is shorter than a byte."""
    return len(prompt.encode()) + TEMPLATE_TOKENS
