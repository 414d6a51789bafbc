"""`python -m tests.bench.dedup_wet [COUNT...]`: WET files in, a deduplicated corpus out, documents a vCPU-hour.

The files are made of the real pages beside the repo (tests/bench/wet.py); the recipe is `dedup`, which verifies. Each
size goes into a lake of its own, in one warm session. The marginal rate is that between the first size and the last.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from decantry.jobs.checks.gate import gate
from decantry.jobs.curate.job import curate
from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.session import start
from decantry.jobs.recipe.load import load
from tests.bench.dedup import cpu_seconds
from tests.bench.memory import PeakMemory
from tests.bench.wet import texts, written

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "bench-wet"
PAGES = ROOT.parent / "shared" / "data" / "warc"
COUNTS = (6_000, 24_000)
WARM_UP = 5_000
CORES = 2
DOLLARS = 620 / (63 * 32 * 4.5)
"""The published cost of a vCPU-hour: 620 dollars for 4.5 hours of 63 machines with 32 vCPUs each, including EMR's
share."""


@dataclass(frozen=True)
class Took:
    """The seconds of both jobs and the processor seconds of a run over `count` documents."""

    documents: int
    ingest: float
    curate: float
    cpu: float


def main(counts: tuple[int, ...]) -> None:
    """Measure, and print a row for each size."""
    archives = sorted(PAGES.glob("web-*.warc.gz"))
    if not archives:
        print(f"no WET files can be made: there are no real pages in {PAGES}")
        return
    pages = texts(archives, WORK / "texts.jsonl")
    files = {count: written(pages, WORK, count) for count in (WARM_UP, *counts)}
    start(str(WORK), app="decantry-bench-wet", cores=CORES)
    run(WARM_UP, files[WARM_UP])
    print("| documents | MB of WET | ingest, s | curate, s | CPU seconds | kept | peak GiB | documents a vCPU-hour |")
    print("|---|---|---|---|---|---|---|---|")
    took = []
    for count in counts:
        with PeakMemory(os.getpid()) as memory:
            found, kept = run(count, files[count])
        took.append(found)
        megabytes = sum(file.stat().st_size for file in files[count]) / 1e6
        rate = 3600 * count / (found.ingest + found.curate) / CORES
        print(
            f"| {count:,} | {megabytes:,.0f} | {found.ingest:.1f} | {found.curate:.1f} | {found.cpu:.0f} | {kept:,} "
            f"| {memory.gib:.2f} | {rate:,.0f} |",
            flush=True,
        )
    if len(took) > 1:
        first, last = took[0], took[-1]
        seconds = last.ingest + last.curate - first.ingest - first.curate
        rate = 3600 * (last.documents - first.documents) / seconds / CORES
        print(f"| marginal | | | | | | | {rate:,.0f}, ${1e6 * DOLLARS / rate:.3f} a million |")


def run(count: int, files: list[Path]) -> tuple[Took, int]:
    """Ingest the files into a new lake and curate it with `dedup`. Returns the costs and the number of kept
    documents."""
    root = WORK / "lake"
    shutil.rmtree(root, ignore_errors=True)
    lake = Lake(start(str(WORK), app="decantry-bench-wet", cores=CORES), str(root), run_id="bench")
    spent, began = cpu_seconds(), time.monotonic()
    ingest(lake, [str(file) for file in files], IngestOptions())
    ingested = time.monotonic()
    curate(lake, load("dedup"), gate=lambda judgement: gate(lake, judgement))
    took = Took(count, ingested - began, time.monotonic() - ingested, cpu_seconds() - spent)
    return took, int(lake.read("gold/dedup").count())


if __name__ == "__main__":
    main(tuple(int(word) for word in sys.argv[1:]) or COUNTS)
