"""Tries every mutant: `python -m tests.mutants [--only ID ...] [--seed N]` ends with 1 if one was not caught."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.mutants.catalogue import EVERY
from tests.mutants.copies import ROOT, copied
from tests.mutants.mutant import Mutant, OutOfDate
from tests.mutants.python import by_the_suite, by_their_tests, faults
from tests.mutants.verdict import Verdict

DRAWN = 4
"""How many mutants are also tried against the whole suite if a seed is given."""


def main() -> int:
    """Try the mutants. Returns 0 if all were caught."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants")
    parser.add_argument("--only", nargs="*", metavar="ID", help="these alone")
    parser.add_argument("--workers", type=int, default=2, metavar="N", help="copies that are tried at a time (2)")
    parser.add_argument("--seed", type=int, help=f"draw {DRAWN} to try against the whole suite, too")
    asked = parser.parse_args()
    chosen = [mutant for mutant in EVERY if not asked.only or mutant.id in asked.only]
    try:
        for mutant in chosen:
            mutant.applied(ROOT)
            mutant.require_test(ROOT)
    except OutOfDate as error:
        print(error, file=sys.stderr)
        return 1
    began, caught, count = time.monotonic(), 0, 0
    for verdict in verdicts(chosen, asked.workers, asked.seed):
        count, caught = count + 1, caught + (verdict.how == "caught")
        shown = verdict.mutant.id, verdict.mutant.test.rpartition("/")[2], verdict.why[:90]
        print(f"{verdict.how:<9} {verdict.seconds:>6.1f} s  {shown[0]:<28} {shown[1]}: {shown[2]}", flush=True)
    print(f"{caught} of {count} wrongs were caught, in {time.monotonic() - began:.0f} s")
    return 0 if count and caught == count else 1


def verdicts(chosen: Sequence[Mutant], workers: int, seed: int | None) -> Iterator[Verdict]:
    """The verdicts as they become known. Ends the program if a test fails on the unchanged code."""
    python = [mutant for mutant in chosen if not mutant.is_scala]
    scala = [mutant for mutant in chosen if mutant.is_scala]
    with tempfile.TemporaryDirectory(prefix="decantry-mutants-") as folder:
        copies = [copied(Path(folder) / str(number)) for number in range(workers)]
        if python:
            if why := faults(copies[0], [mutant.test for mutant in python], workers):
                sys.exit(f"the tests do not pass as the project stands: {why}")
            yield from by_their_tests(copies, python)
        if scala:
            from tests.mutants.scala import in_one_sbt

            yield from in_one_sbt(copies[0], scala)
        if seed is not None:
            for mutant in random.Random(seed).sample(python, min(DRAWN, len(python))):
                yield by_the_suite(copies[-1], mutant, workers)


if __name__ == "__main__":
    sys.exit(main())
