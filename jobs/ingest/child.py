"""A forked process that works on batches of items.

The parent writes the items into shared memory. The child sends their results through a pipe, many at a time: waking the
parent for each result evicts both processes' data from the processor's caches and costs some 5 %.
The child also writes the index of its current item into the shared memory, so that the parent knows which item killed
it. Results that the child had not sent when it died are computed again by the next child.
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
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from decantry.jobs.ingest.pipes import read_pipe, write_pipe

WALL_FACTOR = 30
"""The wall-clock limit of an item, as a multiple of its limit of processor time, because a machine may be busy."""

FLUSH_BYTES = 1 << 20
"""The child sends its results when they reach this size in bytes, and at the end of each batch."""

_OUT_OF_MEMORY = 77
_FAILED = 78
_SIZE = struct.Struct("<Q")
_FRAME = struct.Struct("<?Q")


@dataclass(frozen=True)
class Lost:
    """An item whose process died: the reason (`parser_crash` or `timed_out`) and one line of detail."""

    reason: str
    detail: str


class WorkFailed(RuntimeError):
    """The work raised an unexpected error; the message is the child's traceback."""


class Child:
    """The process, as its parent sees it.

    `batch` is the number of the last batch, `count` its number of items, and `done` the number of results received.
    `received` is the size of all items sent so far, in bytes. `timed_out` is true once the child was killed because an
    item used up its processor time.
    """

    def __init__(self, work: Callable[[Any], Any], capacity: int, seconds: float, memory: int) -> None:
        """`work` makes the result of an item.

        `capacity` is the largest batch, in bytes. `seconds` is the processor time for one item. `memory` is how many
        bytes the child may allocate.
        """
        self.capacity, self.received = capacity, 0
        self.batch = self.count = self.done = 0
        self._seconds, self._memory = seconds, memory
        self._shared = mmap.mmap(-1, _SIZE.size + capacity)
        self._buffer = bytearray()
        self._exited, self._stuck_at = False, -1
        self.timed_out = False
        self._results, results = os.pipe()
        orders, self._orders = os.pipe()
        parent = os.getpid()
        self._pid = os.fork()
        if self._pid == 0:
            code = _FAILED
            with suppress(BaseException):
                _restrict(memory, {orders, results})
                code = _serve(work, self._shared, orders, results, seconds, parent)
            os._exit(code)
        self._size = _address_space(parent)
        os.close(results)
        os.close(orders)

    @property
    def current(self) -> int:
        """The index in the batch of the item that the child works on, or worked on when it died."""
        if self._stuck_at >= 0:
            return self._stuck_at
        return min(max(int(_SIZE.unpack_from(self._shared)[0]), self.done), self.count - 1)

    @property
    def growth(self) -> int:
        """The bytes of address space that the child has added since it was forked; 0 where the system has no /proc."""
        return max(0, _address_space(self._pid) - self._size)

    def send(self, items: Iterable[Any]) -> int:
        """Send the first items, as many as fit into the capacity; return their number."""
        if self.done < self.count:
            raise RuntimeError("the results of the last batch have not been read")
        ends = []
        _SIZE.pack_into(self._shared, 0, 0)
        self._shared.seek(_SIZE.size)
        for item in items:
            try:
                pickle.dump(item, self._shared, pickle.HIGHEST_PROTOCOL)
            except ValueError:  # it does not fit
                break
            ends.append(self._shared.tell())
        self.batch, self.count, self.done = self.batch + 1, len(ends), 0
        if ends:
            self.received += ends[-1]
            with suppress(BrokenPipeError):  # the child is dead and will send no result
                write_pipe(self._orders, b"".join(map(_SIZE.pack, [len(ends), *ends])))
        return self.count

    def results(self) -> Iterator[Any]:
        """The results as they arrive, until all have arrived or the child is dead. Raises WorkFailed."""
        while self.done < self.count and self._receive(_FRAME.size):
            good, size = _FRAME.unpack(self._next_bytes(_FRAME.size))
            if not self._receive(size):
                return
            value = pickle.loads(self._next_bytes(size))
            if not good:
                raise WorkFailed(value)
            self.done += 1
            yield value

    def end(self) -> Lost | None:
        """End the process; return how its current item was lost, or None if all are done. Raises WorkFailed."""
        if not self._exited:
            os.kill(self._pid, signal.SIGKILL)
        os.close(self._results)
        os.close(self._orders)
        _, status = os.waitpid(self._pid, 0)
        if self.done == self.count:
            return None
        if self._stuck_at >= 0:
            return Lost("timed_out", f"the page was not done after {self._seconds * WALL_FACTOR:.0f} s")
        if not os.WIFSIGNALED(status):
            code = os.WEXITSTATUS(status)
            if code == _FAILED:
                raise WorkFailed("a child process failed before it worked on a page")
            used = f"used more than {self._memory >> 20} MiB"
            return Lost("parser_crash", f"the page {used if code == _OUT_OF_MEMORY else f'ended its process ({code})'}")
        if os.WTERMSIG(status) == signal.SIGPROF:
            self.timed_out = True
            return Lost("timed_out", f"the page took more than {self._seconds:g} s of processor time")
        return Lost("parser_crash", f"the page killed its process ({signal.Signals(os.WTERMSIG(status)).name})")

    def _receive(self, size: int) -> bool:
        """Read from the pipe until the buffer has `size` bytes; false if the child is dead or stuck."""
        ready = select.poll()
        ready.register(self._results, select.POLLIN | select.POLLHUP)
        while len(self._buffer) < size:
            before = self.current
            if not ready.poll(self._seconds * WALL_FACTOR * 1000):
                if self.current != before:
                    continue
                self._stuck_at = before
                return False
            data = os.read(self._results, 1 << 20)
            if not data:
                self._exited = True
                return False
            self._buffer += data
        return True

    def _next_bytes(self, size: int) -> bytes:
        data = bytes(self._buffer[:size])
        del self._buffer[:size]
        return data


def _address_space(pid: int) -> int:
    """The process's address space in bytes; 0 where the system has no /proc or the process is dead."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[0]) * resource.getpagesize()
    except OSError:
        return 0


def _restrict(memory: int, pipes: set[int]) -> None:
    """In the child: detach all files except the pipes, write no core dump, limit memory, and end on SIGPROF."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in {int(file.name) for file in Path("/dev/fd").iterdir()} - pipes - {nowhere}:
        # Redirected, not closed: objects inherited from the parent may still close this number, and it must not be
        # another file's by then.
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
    work: Callable[[Any], Any], shared: mmap.mmap, orders: int, results: int, seconds: float, parent: int
) -> int:
    """In the child: send a frame for each item of each batch until the parent is gone; return the exit code."""
    items = memoryview(shared)
    unsent = bytearray()
    while order := read_pipe(orders, _SIZE.size):
        ends = [end for (end,) in _SIZE.iter_unpack(read_pipe(orders, _SIZE.unpack(order)[0] * _SIZE.size))]
        for index, (begin, end) in enumerate(pairwise([_SIZE.size, *ends])):
            if os.getppid() != parent:
                return 0
            _SIZE.pack_into(shared, 0, index)
            signal.setitimer(signal.ITIMER_PROF, seconds)
            try:
                data = pickle.dumps(work(pickle.loads(items[begin:end])), pickle.HIGHEST_PROTOCOL)
                unsent.extend(_FRAME.pack(True, len(data)) + data)
                if len(unsent) >= FLUSH_BYTES:
                    write_pipe(results, unsent)
                    unsent.clear()
            except MemoryError:
                return _OUT_OF_MEMORY
            except Exception:
                data = pickle.dumps(traceback.format_exc())
                write_pipe(results, unsent + _FRAME.pack(False, len(data)) + data)
                return 0
            signal.setitimer(signal.ITIMER_PROF, 0)
        write_pipe(results, unsent)
        unsent.clear()
    return 0
