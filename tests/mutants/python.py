"""Tries mutants in Python, each with pytest in a separate process."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.mutants.copies import wrong
from tests.mutants.mutant import Mutant
from tests.mutants.trial import Report, tried
from tests.mutants.verdict import Verdict, judged

SUITE_SECONDS = 3600.0


def faults(copy: Path, tests: Sequence[str], workers: int) -> str | None:
    """Why the tests do not all pass on the unchanged code. A test that always fails would catch everything."""
    report = tried(copy, sorted({*tests}), *together(workers), seconds=SUITE_SECONDS)
    if report.error or report.failed:
        return report.error or str(report.failed)
    left = sorted({*tests} - report.passed)
    return f"skipped, or not there: {', '.join(left)}" if left else None


def by_their_tests(copies: Sequence[Path], mutants: Sequence[Mutant]) -> Iterator[Verdict]:
    """The verdicts in the order of the mutants. A copy has one mutant at a time."""
    free: SimpleQueue[Path] = SimpleQueue()
    for copy in copies:
        free.put(copy)

    def one(mutant: Mutant) -> Verdict:
        copy = free.get()
        began = time.monotonic()
        try:
            with wrong(copy, mutant):
                report = tried(copy, [mutant.test], "-n", "0", "-x")
        finally:
            free.put(copy)
        return judged(mutant, report, time.monotonic() - began)

    with ThreadPoolExecutor(len(copies)) as pool:
        yield from pool.map(one, mutants)


def by_the_suite(copy: Path, mutant: Mutant, workers: int) -> Verdict:
    """Whether a test of the whole suite fails with the mutant and passes without it."""
    began = time.monotonic()
    with wrong(copy, mutant):
        report = tried(copy, [], *together(workers), "--maxfail=5", seconds=SUITE_SECONDS)
    right = tried(copy, sorted(report.failed), "-n", "0") if report.failed else Report(frozenset(), {})
    caught = sorted({*report.failed} - {*right.failed})
    return judged(mutant, report, time.monotonic() - began, by=caught[0] if caught else "none")


def together(workers: int) -> tuple[str, ...]:
    """The options of pytest for this many processes, as in `make test`."""
    return "-n", str(workers), "--dist", "loadgroup"
