"""Work on pages in a child process, so that a page that crashes, hangs or swells takes nothing with it but itself.

The parsers are native code: a fault in one kills its process, and nothing inside of the process can interrupt it. So a
worker forks a child, hands it pages and takes one result a page. When the child dies, the page that it was at is known,
and another child goes on with the rest. What native code leaks goes with a child, and a child is replaced in time.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Any, Generic, TypeVar

from decantry.jobs.ingest.child import Child, Lost

T = TypeVar("T")
R = TypeVar("R")

PAGE_SECONDS = 2.0
"""Processor time for one page. What is costly is told beforehand by the page's own measures
(udfs/page/complexity.py); this is the last resort, and the one limit that depends on the machine."""
PAGE_MEMORY = 2 << 30
"""Memory that a child may take beyond what its parent has, in bytes."""
ROOM = 32 << 20
"""Items that a child is handed at a time, in bytes; an item that is larger goes alone."""
LIFE = 512 << 20
"""Bytes of items after which a child is replaced: some twenty seconds' work, where a fork takes some 20 ms. One that
has grown by a quarter of its memory is replaced sooner, so that a page never lacks what others have used up."""


class Isolated(Generic[T, R]):
    """Work that is done in a child process; the child lives until the end of the `with` block."""

    def __init__(self, *stages: Callable[[Any], Any], seconds: float = PAGE_SECONDS, memory: int = PAGE_MEMORY) -> None:
        """The work on an item is the stages one after the other; many items go through one before the next.

        `seconds` of processor time (in each stage) and `memory` in bytes are for one item. Items and results can be
        pickled.
        """
        self._stages, self._seconds, self._memory = stages, seconds, memory
        self._child: Child | None = None

    def __enter__(self) -> Isolated[T, R]:
        """The first child is forked when it is needed."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """No child is left."""
        self._end()

    def each(self, items: Sequence[T]) -> Iterator[R | Lost]:
        """The result of the work on each item, in order, or how the item was lost. Raises WorkFailed.

        An item whose process was killed, or stood still, is tried once more, in a process of its own, since it may not
        be to blame. The results are to be taken to their end before others are asked for.
        """
        at = 0
        suspect: int | None = None
        lost: dict[int, Lost] = {}
        while at < len(items):
            if at in lost:
                yield lost.pop(at)
                at, suspect = at + 1, None
                continue
            first = at
            if suspect == at:
                self._end()  # what others have done to their process must not count against it
            child = self._given(items, at, _stop(at, suspect, len(items)))
            order = child.order
            ended: Lost | None = None
            try:
                for result in child.results():
                    at += 1
                    yield result
            finally:
                if child.order == order and child.done < child.given:
                    ended = self._end()
            if ended is None:
                continue
            there = first + child.at
            if child.overran or suspect == first:
                lost[there] = ended
            suspect = there

    def _given(self, items: Sequence[T], start: int, end: int) -> Child:
        """A child that has been given the items from `start` on, as many as it has room for."""
        if self._child is not None and (self._child.age > LIFE or self._child.grown > self._memory // 4):
            self._end()
        room = ROOM
        while True:
            child = self._child = self._child or Child(self._stages, room, self._seconds, self._memory)
            if child.take(items[place] for place in range(start, end)):
                return child
            self._end()
            room = max(room, len(pickle.dumps(items[start], pickle.HIGHEST_PROTOCOL)))
            if child.room >= room:
                raise ValueError(f"an item cannot be handed over: {type(items[start]).__name__}")

    def _end(self) -> Lost | None:
        child, self._child = self._child, None
        return None if child is None else child.end()


def _stop(at: int, suspect: int | None, end: int) -> int:
    """Where the next items end: those before a suspect go together, the suspect goes alone."""
    if suspect is None or suspect < at:
        return end
    return max(suspect, at + 1)


def isolated(work: Callable[[T], R], items: Sequence[T], seconds: float = PAGE_SECONDS) -> Iterator[R | Lost]:
    """As `Isolated.each`, with a child for these items alone."""
    apart: Isolated[T, R] = Isolated(work, seconds=seconds)
    with apart:
        yield from apart.each(items)
