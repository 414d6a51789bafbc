"""What it costs to work on pages in child processes, where a page may harm nothing but itself.

`python -m tests.bench.children EXTRACTOR FILE...` reads the archives in two processes, and has each stretch of pages
worked on in a child and in the process itself, one right after the other: a machine's speed varies more than they
differ, but hardly within a second. It prints the processor time of both, and the quartiles of the pairs. Reading is not
counted, so that an ingest loses less than this. A native extractor runs later: for it, only decoding is measured.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from decantry.jobs.ingest.isolation import InProcess, Isolated
from decantry.jobs.ingest.options import IngestOptions, resolve
from decantry.jobs.ingest.read import BATCH_BYTES, reading_of
from decantry.jobs.sources.source import Source, inspect
from decantry.udfs.archive.candidates import Page, take
from decantry.udfs.archive.warc import Entry, read_archive
from decantry.udfs.page.page import page_fields

ROUNDS = 6
PROCESSES = 2

Pair = tuple[float, float]
"""Seconds of processor time with a child, and without one."""


def pairs(extractor: str, paths: Sequence[Path], rounds: int = ROUNDS) -> list[Pair]:
    """The times of each stretch of pages, for `rounds` rounds."""
    with ProcessPoolExecutor(PROCESSES) as pool:
        return list(chain.from_iterable(pool.map(partial(_measured, extractor, rounds=rounds), paths)))


def _measured(extractor: str, path: Path, rounds: int) -> list[Pair]:
    reading = reading_of(resolve(IngestOptions(extractor=extractor)))
    here = InProcess(partial(page_fields, reading=reading))
    stretches = list(_stretches(path))
    found = []
    with Isolated(partial(page_fields, reading=reading)) as worker:
        for number, stretch in enumerate(stretches * rounds):
            turns = [partial(_seconds_apart, worker, stretch), partial(_seconds, here, stretch)]
            if number % 2:
                turns.reverse()
            times = [turn() for turn in turns]
            found.append((times[number % 2], times[1 - number % 2]))
    return found[1:]  # the first stretch starts the child


def _stretches(path: Path) -> Iterator[list[Page]]:
    """The archive's pages in batches of the size that a task hands over."""
    source = inspect(Source(str(path), str(path)))
    with source.open(0) as stream:
        head = stream.read(8)
    held: list[Page] = []
    for read in read_archive(source.open, head, take):
        if isinstance(read, Entry) and isinstance(read.value, Page):
            held.append(read.value)
            if sum(len(page.html) for page in held) >= BATCH_BYTES:
                yield held
                held = []
    if held:
        yield held


def _seconds(worker: Isolated[Any, Any] | InProcess[Any, Any], pages: Sequence[Page]) -> float:
    """The processor time of this process."""
    begin = time.process_time()
    assert len(list(worker.each(pages))) == len(pages)
    return time.process_time() - begin


def _seconds_apart(worker: Isolated[Any, Any], pages: Sequence[Page]) -> float:
    """The processor time of this process and of the child."""
    before = _child_seconds(worker)
    mine = _seconds(worker, pages)
    return mine + _child_seconds(worker) - before


def _child_seconds(worker: Isolated[Any, Any]) -> float:
    child = worker._child
    return int(Path(f"/proc/{child._pid}/schedstat").read_text().split()[0]) / 1e9 if child else 0.0


def main(extractor: str, paths: Sequence[Path], tell: Callable[[str], None] = print) -> None:
    """Print the cost of child processes over the archives."""
    found = pairs(extractor, paths)
    in_children, here = (sum(pair[side] for pair in found) for side in (0, 1))
    low, middle, high = statistics.quantiles([100 * (pair[0] / pair[1] - 1) for pair in found])
    tell(
        f"{in_children:.1f} s of processor time in children, {here:.1f} s without them: "
        f"{100 * (in_children / here - 1):.1f} % more"
    )
    tell(f"of {len(found)} pairs: quartiles {low:.1f}, {middle:.1f}, {high:.1f} % more")


if __name__ == "__main__":
    main(sys.argv[1], [Path(path) for path in sys.argv[2:]])
