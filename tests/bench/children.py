"""What it costs to work on pages in child processes, where a page may harm nothing but itself.

`python -m tests.bench.children FILE...` reads the archives as an ingest's workers do, in two processes, with the pages'
work in children and without them, by turns. It prints the least processor time of each and what the children take more:
two busy processes on two cores read as many pages a second as that allows, and the clock varies more.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from decantry.jobs.ingest.isolation import Isolated
from decantry.jobs.ingest.options import IngestOptions, resolve
from decantry.jobs.ingest.plan import Part
from decantry.jobs.ingest.read import fields_of, read_part, reading_of, work_apart
from decantry.jobs.sources.source import Source, inspect

ROUNDS = 7
PROCESSES = 2


def cost(paths: Sequence[Path], rounds: int = ROUNDS) -> tuple[float, float]:
    """The least processor time that the archives took, in seconds, with children and without them."""
    seconds: dict[bool, list[float]] = defaultdict(list)
    for _ in range(rounds):
        for isolated in (True, False):
            with ProcessPoolExecutor(PROCESSES) as pool:
                seconds[isolated].append(sum(pool.map(_read, paths, [isolated] * len(paths))))
    return min(seconds[True]), min(seconds[False])


def _read(path: Path, isolated: bool) -> float:
    """The processor time of reading the archive, that of the children included."""
    options = resolve(IngestOptions())
    reading = reading_of(options)
    began = _processor_time()
    with work_apart(reading) if isolated else _Here(partial(fields_of, reading=reading)) as apart:
        rows = read_part(Part(inspect(Source(str(path), str(path)))), options, reading, apart)
        assert sum(1 for _ in rows) > 1
    return _processor_time() - began


class _Here(Isolated[Any, Any]):
    """Work that is done in this process."""

    def each(self, items: Sequence[Any]) -> Iterator[Any]:
        return map(self._work, items)


def _processor_time() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


if __name__ == "__main__":
    with_children, without = cost([Path(path) for path in sys.argv[1:]])
    more = 100 * (with_children / without - 1)
    print(f"{with_children:.2f} s of processor time beside {without:.2f} s: {more:.1f} % more")
