"""Work on pages in a child process, so that a page that crashes, hangs or swells takes nothing with it but itself.

The parsers are native code: a fault in one kills its process, and nothing inside of the process can interrupt it. So a
worker forks a child for a batch of pages that it holds in memory. The child hands back one result a page; when it dies,
the page that it was at is known, and another child goes on with the rest. A fork costs some 20 ms, and a batch is some
seconds' work. What native code leaks goes with the child.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import pickle
import resource
import select
import signal
import struct
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

PAGE_SECONDS = 2.0
"""Processor time for one page. What is costly is told beforehand by the page's own measures (udfs/complexity.py); this
is the last resort, and the one limit that depends on the machine."""
PATIENCE = 30
"""How many times as long a page may take by the clock, where it uses no processor: a machine may be busy."""
PAGE_MEMORY = 2 << 30
"""Memory that a child may take beyond what its parent has, in bytes."""

_NO_MEMORY = 77
_FRAME = struct.Struct("<?Q")


@dataclass(frozen=True)
class Lost:
    """What became of an item that its process did not survive: `parser_crash` or `timed_out`, and a line of detail."""

    reason: str
    detail: str


class WorkFailed(RuntimeError):
    """The work raised an error that it should not; the message is the child's traceback."""


def isolated(
    work: Callable[[T], R], items: Sequence[T], seconds: float = PAGE_SECONDS, memory: int = PAGE_MEMORY
) -> Iterator[R | Lost]:
    """The result of the work on each item, in order, or how the item was lost. Raises WorkFailed.

    An item whose process is killed is tried once more, alone, since others may have killed it.
    """
    at = 0
    tried = -1
    while at < len(items):
        child = _Child(work, items[at : at + 1] if tried == at else items[at:], seconds, memory)
        try:
            result: R
            for result in child.results():
                at += 1
                yield result
        finally:
            ended = child.end()
        if ended is None:
            continue
        if ended.reason == "parser_crash" and tried != at:
            tried = at
            continue
        yield ended
        at += 1


class _Child:
    """A forked process that works on items and sends a frame for each."""

    def __init__(self, work: Callable[[T], R], items: Sequence[T], seconds: float, memory: int) -> None:
        self._wait, self._left = seconds * PATIENCE, len(items)
        self._seconds, self._memory = seconds, memory
        self._buffer = bytearray()
        self._gone = self._hung = False
        self._pipe, there = os.pipe()
        self._pid = os.fork()
        if self._pid == 0:
            code = 1
            with suppress(BaseException):
                os.close(self._pipe)
                _restrict(memory)
                code = _work(work, items, there, seconds)
            os._exit(code)
        os.close(there)

    def results(self) -> Iterator[R]:
        """The results as they come, until all are there or the child is gone. Raises WorkFailed."""
        while self._left and self._fill(_FRAME.size):
            good, size = _FRAME.unpack(self._take(_FRAME.size))
            if not self._fill(size):
                return
            value = pickle.loads(self._take(size))
            if not good:
                raise WorkFailed(value)
            self._left -= 1
            yield value

    def end(self) -> Lost | None:
        """How the child was lost; null where it did all of its work."""
        if not self._gone:
            os.kill(self._pid, signal.SIGKILL)
        os.close(self._pipe)
        _, status = os.waitpid(self._pid, 0)
        if not self._left:
            return None
        if self._hung:
            return Lost("timed_out", f"the page was not done after {self._wait:.0f} s")
        if not os.WIFSIGNALED(status):
            code = os.WEXITSTATUS(status)
            what = f"used more than {self._memory >> 20} MiB" if code == _NO_MEMORY else f"ended its process ({code})"
            return Lost("parser_crash", f"the page {what}")
        if os.WTERMSIG(status) == signal.SIGPROF:
            return Lost("timed_out", f"the page took more than {self._seconds:g} s of processor time")
        return Lost("parser_crash", f"the page killed its process ({signal.Signals(os.WTERMSIG(status)).name})")

    def _fill(self, size: int) -> bool:
        """Hold so many bytes of what the child sends; false where it sends no more."""
        ready = select.poll()
        ready.register(self._pipe, select.POLLIN | select.POLLHUP)
        while len(self._buffer) < size:
            if not ready.poll(self._wait * 1000):
                self._hung = True
                return False
            data = os.read(self._pipe, 1 << 20)
            if not data:
                self._gone = True
                return False
            self._buffer += data
        return True

    def _take(self, size: int) -> bytes:
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        return data


def _restrict(memory: int) -> None:
    """In the child: nothing is printed, no core is dumped, memory is bounded, processor time is watched."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    faulthandler.disable()
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    statm = Path("/proc/self/statm")
    if statm.exists():
        size = int(statm.read_text().split()[0]) * resource.getpagesize()
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        if most == resource.RLIM_INFINITY or most > size + memory:
            resource.setrlimit(resource.RLIMIT_AS, (size + memory, most))
    gc.freeze()


def _work(work: Callable[[T], R], items: Sequence[T], pipe: int, seconds: float) -> int:
    """In the child: a frame for each item; returns the exit code."""
    for item in items:
        signal.setitimer(signal.ITIMER_PROF, seconds)
        good = True
        try:
            data = pickle.dumps(work(item), pickle.HIGHEST_PROTOCOL)
        except MemoryError:
            return _NO_MEMORY
        except Exception:
            good, data = False, pickle.dumps(traceback.format_exc())
        signal.setitimer(signal.ITIMER_PROF, 0)
        view = memoryview(_FRAME.pack(good, len(data)) + data)
        while view:
            view = view[os.write(pipe, view) :]
    return 0
