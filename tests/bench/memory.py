"""Watches the memory of this process and all its children while something runs."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from pathlib import Path
from types import TracebackType

_PAUSE = 0.5
_SHARE = 50
"""The ratio of a pause to a measurement. A measurement takes some 60 ms for 1 GiB, and blocks allocations meanwhile."""


class PeakMemory:
    """A context; `gib` is the largest sum of the proportional set sizes (Pss) of a process and its descendants."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self.gib = 0.0

    def __enter__(self) -> PeakMemory:
        """Start watching."""
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Stop watching."""
        self._done.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._done.is_set():
            begin = time.monotonic()
            self.gib = max(self.gib, sum(map(_pss, tree(self._pid))) / 2**20)
            self._done.wait(max(_PAUSE, _SHARE * (time.monotonic() - begin)))


def tree(root: int) -> list[int]:
    """`root` and all its descendants."""
    children: dict[int, list[int]] = defaultdict(list)
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            children[int(stat.read_text().rpartition(")")[2].split()[1])].append(int(stat.parent.name))
        except OSError:
            continue
    found = [root]
    for pid in found:
        found += children[pid]
    return found


def _pss(pid: int) -> int:
    """The process's proportional set size in KiB; 0 if it has ended."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
