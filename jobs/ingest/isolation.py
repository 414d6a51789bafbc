"""Work on pages in a child process. A page that crashes, hangs or uses too much memory harms no other page.

The parsers are native code: a fault in one kills its process, and nothing inside the process can interrupt it. A worker
forks a child and sends it batches of pages. If the child dies, the worker knows which page it was at, and starts
another child for the rest. A child is replaced after some time, which frees the memory that native code leaks.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Sequence
from types import TracebackType
from typing import Generic, TypeVar

from decantry.jobs.ingest.child import Child, Lost

T = TypeVar("T")
R = TypeVar("R")

PAGE_SECONDS = 2.0
"""Processor time for one page. Costly pages are usually recognised before this by their own measures
(udfs/page/complexity.py). This is the last resort, and the only limit that depends on the machine."""
PAGE_MEMORY = 2 << 30
"""Memory that a child may allocate beyond that of its parent, in bytes."""
BATCH_BYTES = 32 << 20
"""The largest batch that a child is sent, in bytes. A larger item is sent alone."""
CHILD_BYTES = 512 << 20
"""A child is replaced after it has received items of this size, in bytes: some twenty seconds of work, while a fork
takes some 20 ms. A child is replaced sooner if it has grown by a quarter of its memory limit, so that every page finds
enough memory free."""


class Isolated(Generic[T, R]):
    """Work that is done in a child process. The child lives until the end of the `with` block."""

    def __init__(self, work: Callable[[T], R], *, seconds: float = PAGE_SECONDS) -> None:
        """`work` makes the result of an item within `seconds` of processor time. Both are pickled."""
        self._work, self._seconds = work, seconds
        self._child: Child | None = None

    def __enter__(self) -> Isolated[T, R]:
        """The first child is forked when it is needed."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the child."""
        self._end()

    def each(self, items: Sequence[T]) -> Iterator[R | Lost]:
        """The result of each item in order, or how the item was lost. Raises WorkFailed.

        If the process was killed from outside or the machine stood still, the item may not be the cause: it is tried
        once more in a new process. Read all results before you call `each` again.
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
                self._end()  # a suspect gets a new process, which earlier items cannot have harmed
            child = self._child_with(items, at, _batch_end(at, suspect, len(items)))
            batch = child.batch
            ended: Lost | None = None
            try:
                for result in child.results():
                    at += 1
                    yield result
            finally:
                if child.batch == batch and child.done < child.count:
                    ended = self._end()
            if ended is None:
                continue
            index = first + child.current
            if child.timed_out or suspect == first:
                lost[index] = ended
            suspect = index

    def _child_with(self, items: Sequence[T], start: int, end: int) -> Child:
        """A child that has been sent the items from `start` on, at most to `end`, as many as it has room for."""
        old = self._child
        if old is not None and (old.received > CHILD_BYTES or old.growth > PAGE_MEMORY // 4):
            self._end()
        capacity = BATCH_BYTES
        while True:
            child = self._child = self._child or Child(self._work, capacity, self._seconds, PAGE_MEMORY)
            if child.send(items[index] for index in range(start, end)):
                return child
            self._end()
            capacity = max(capacity, len(pickle.dumps(items[start], pickle.HIGHEST_PROTOCOL)))
            if child.capacity >= capacity:
                raise ValueError(f"an item cannot be sent to a child process: {type(items[start]).__name__}")

    def _end(self) -> Lost | None:
        child, self._child = self._child, None
        return None if child is None else child.end()


class InProcess(Generic[T, R]):
    """The same work in this process, for pages that no extractor in Python parses.

    The only native code here decompresses bodies and detects charsets. Both have bounds of their own
    (docs/reliability.md), and no limit of time or memory.
    """

    def __init__(self, work: Callable[[T], R]) -> None:
        """`work` makes the result of an item."""
        self._work = work

    def __enter__(self) -> InProcess[T, R]:
        """Nothing is started."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing has to be ended."""

    def each(self, items: Sequence[T]) -> Iterator[R | Lost]:
        """The result of each item in order; Lost if it finds too little memory, as in a child process."""
        for item in items:
            try:
                result: R | Lost = self._work(item)
            except MemoryError:
                result = Lost("parser_crash", "the page found too little memory")
            yield result


def _batch_end(at: int, suspect: int | None, end: int) -> int:
    """The end of the next batch: the items before a suspect are one batch, and the suspect is one of its own."""
    if suspect is None or suspect < at:
        return end
    return max(suspect, at + 1)


def isolated(work: Callable[[T], R], items: Sequence[T], seconds: float = PAGE_SECONDS) -> Iterator[R | Lost]:
    """As `Isolated.each`, with a child for these items alone."""
    with Isolated(work, seconds=seconds) as worker:
        yield from worker.each(items)
