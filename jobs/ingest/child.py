"""A forked process that works on items: they are laid into memory that it shares, its results come through a pipe.

Results are sent many at a time: were the parent woken for each, the two would push each other's data out of the
processor's caches, and all of it would take some 5 % longer. So the process writes into the shared memory, too, which
item it is at, and what it had made and not sent is made again.
"""

from __future__ import annotations

import faulthandler
import gc
import mmap
import os
import pickle
import resource
import select
import signal
import struct
import traceback
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from decantry.jobs.ingest.pipes import read_pipe, write_pipe

PATIENCE = 30
"""How many times as long an item may take by the clock, where it uses no processor: a machine may be busy."""

SENT = 1 << 20
"""Results that are sent at a time, in bytes, where their items are not all done before."""

_NO_MEMORY = 77
_NOT_OURS = 78
_SIZE = struct.Struct("<Q")
_FRAME = struct.Struct("<?Q")


@dataclass(frozen=True)
class Lost:
    """What became of an item that its process did not survive: `parser_crash` or `timed_out`, and a line of detail."""

    reason: str
    detail: str


class WorkFailed(RuntimeError):
    """The work raised an error that it should not; the message is the child's traceback."""


class Child:
    """The process, as its parent sees it.

    `given` items were handed over with the `order` that came last, and `done` of them have results; `age` is the bytes
    of all items that it was given. `overran` tells, at its end, that an item took all of its processor time.
    """

    def __init__(self, stages: Sequence[Callable[[Any], Any]], room: int, seconds: float, memory: int) -> None:
        """All items given at a time go through one stage, then what came of them through the next.

        `room` is for these items, in bytes; `seconds` are for an item and stage.
        """
        self.room, self.age = room, 0
        self.order = self.given = self.done = 0
        self._seconds, self._memory = seconds, memory
        self._shared = mmap.mmap(-1, _SIZE.size + room)
        self._buffer = bytearray()
        self._gone, self._hung = False, -1
        self.overran = False
        self._results, results = os.pipe()
        orders, self._orders = os.pipe()
        parent = os.getpid()
        self._pid = os.fork()
        if self._pid == 0:
            code = _NOT_OURS
            with suppress(BaseException):
                _restrict(memory, {orders, results})
                code = _serve(stages, self._shared, orders, results, seconds, parent)
            os._exit(code)
        self._size = _address_space(parent)
        os.close(results)
        os.close(orders)

    @property
    def at(self) -> int:
        """The item, counted from the first of those given, that the process is at, or was when it died."""
        if self._hung >= 0:
            return self._hung
        return min(max(int(_SIZE.unpack_from(self._shared)[0]), self.done), self.given - 1)

    @property
    def grown(self) -> int:
        """The bytes of address space that the process has taken since it was forked, where that can be told."""
        return max(0, _address_space(self._pid) - self._size)

    def take(self, items: Iterable[Any]) -> int:
        """Hand over items, the first ones that there is room for, and say how many these are."""
        if self.done < self.given:
            raise RuntimeError("the results of what was given before have not been taken")
        ends = []
        _SIZE.pack_into(self._shared, 0, 0)
        self._shared.seek(_SIZE.size)
        for item in items:
            try:
                pickle.dump(item, self._shared, pickle.HIGHEST_PROTOCOL)
            except ValueError:  # it does not fit
                break
            ends.append(self._shared.tell())
        self.order, self.given, self.done = self.order + 1, len(ends), 0
        if ends:
            self.age += ends[-1]
            with suppress(BrokenPipeError):  # it has died: no result will come
                write_pipe(self._orders, b"".join(map(_SIZE.pack, [len(ends), *ends])))
        return self.given

    def results(self) -> Iterator[Any]:
        """The results as they come, until all are there or the process is gone. Raises WorkFailed."""
        while self.done < self.given and self._fill(_FRAME.size):
            good, size = _FRAME.unpack(self._taken(_FRAME.size))
            if not self._fill(size):
                return
            value = pickle.loads(self._taken(size))
            if not good:
                raise WorkFailed(value)
            self.done += 1
            yield value

    def end(self) -> Lost | None:
        """End the process, and say how the item that it was at was lost; null where all are done. Raises WorkFailed."""
        if not self._gone:
            os.kill(self._pid, signal.SIGKILL)
        os.close(self._results)
        os.close(self._orders)
        _, status = os.waitpid(self._pid, 0)
        if self.done == self.given:
            return None
        if self._hung >= 0:
            return Lost("timed_out", f"the page was not done after {self._seconds * PATIENCE:.0f} s")
        if not os.WIFSIGNALED(status):
            code = os.WEXITSTATUS(status)
            if code == _NOT_OURS:
                raise WorkFailed("a process for pages could not do its work, whatever the page")
            what = f"used more than {self._memory >> 20} MiB" if code == _NO_MEMORY else f"ended its process ({code})"
            return Lost("parser_crash", f"the page {what}")
        if os.WTERMSIG(status) == signal.SIGPROF:
            self.overran = True
            return Lost("timed_out", f"the page took more than {self._seconds:g} s of processor time")
        return Lost("parser_crash", f"the page killed its process ({signal.Signals(os.WTERMSIG(status)).name})")

    def _fill(self, size: int) -> bool:
        """Hold so many bytes of what the process sends; false where it sends no more."""
        ready = select.poll()
        ready.register(self._results, select.POLLIN | select.POLLHUP)
        while len(self._buffer) < size:
            before = self.at
            if not ready.poll(self._seconds * PATIENCE * 1000):
                if self.at != before:
                    continue
                self._hung = before
                return False
            data = os.read(self._results, 1 << 20)
            if not data:
                self._gone = True
                return False
            self._buffer += data
        return True

    def _taken(self, size: int) -> bytes:
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        return data


def _address_space(pid: int) -> int:
    """The process's address space in bytes; 0 where the system does not tell, or there is none."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _restrict(memory: int, pipes: set[int]) -> None:
    """In the child: nothing but its pipes is open, no core is dumped, memory is bounded, processor time is watched."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in {int(file.name) for file in Path("/dev/fd").iterdir()} - pipes - {nowhere}:
        # not closed: objects that the parent has left here may yet close a number, which must be no other's by then
        with suppress(OSError):
            os.fstat(number)
            os.dup2(nowhere, number)
    faulthandler.disable()
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    size = _address_space(os.getpid())
    if size:
        _, most = resource.getrlimit(resource.RLIMIT_AS)
        if most == resource.RLIM_INFINITY or most > size + memory:
            resource.setrlimit(resource.RLIMIT_AS, (size + memory, most))
    gc.freeze()


def _serve(
    stages: Sequence[Callable[[Any], Any]], shared: mmap.mmap, orders: int, results: int, seconds: float, parent: int
) -> int:
    """In the child: a frame for each item that it is given, until the parent is gone; returns the exit code."""
    items = memoryview(shared)
    made = bytearray()

    def send(value: Any) -> None:
        data = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        made.extend(_FRAME.pack(True, len(data)) + data)
        if len(made) >= SENT:
            write_pipe(results, made)
            made.clear()

    first, last = _chained(pickle.loads, stages[0]), _chained(stages[-1], send)
    steps = [first, *stages[1:-1], last] if len(stages) > 1 else [_chained(first, send)]
    while order := read_pipe(orders, _SIZE.size):
        ends = [end for (end,) in _SIZE.iter_unpack(read_pipe(orders, _SIZE.unpack(order)[0] * _SIZE.size))]
        values: list[Any] = [items[begin:end] for begin, end in pairwise([_SIZE.size, *ends])]
        for step in steps:
            for at, value in enumerate(values):
                if os.getppid() != parent:
                    return 0
                _SIZE.pack_into(shared, 0, at)
                signal.setitimer(signal.ITIMER_PROF, seconds)
                try:
                    values[at] = step(value)
                except MemoryError:
                    return _NO_MEMORY
                except Exception:
                    data = pickle.dumps(traceback.format_exc())
                    write_pipe(results, made + _FRAME.pack(False, len(data)) + data)
                    return 0
                signal.setitimer(signal.ITIMER_PROF, 0)
        write_pipe(results, made)
        made.clear()
    return 0


def _chained(first: Callable[[Any], Any], then: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda value: then(first(value))
