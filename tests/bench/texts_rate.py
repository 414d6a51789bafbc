"""`python -m tests.bench.texts_rate [TEXTS]`: the marginal rate of an ingest of JSONL beside language identification.

Made texts of 290 words are ingested into new lakes in one warm session: TEXTS (20,000) of them, and ten times as many.
The marginal rate is that of the texts between the two. lid.176.ftz names the languages of such texts in two processes
without Spark, by its own library, before and after. Prints a Markdown table.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from pathlib import Path

from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.session import start
from tests.bench import languages, made_texts
from tests.bench.memory import PeakMemory
from tests.bench.rates import Timing

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "bench"


def main(count: int) -> None:
    """Measure, and print."""
    few, many = (made_texts.written(WORK / f"texts-{n}.jsonl", n) for n in (count, 10 * count))
    before = languages.rate(few)
    _seconds(few, WORK / "texts-warm")
    with PeakMemory(os.getpid()) as memory:
        timing = Timing((count, 10 * count), (_seconds(few, WORK / "texts-few"), _seconds(many, WORK / "texts-many")))
    alone = 2 / (1 / before + 1 / languages.rate(few))
    print("| what | measured | wanted |\n|---|---|---|")
    print(f"| lid.176.ftz alone, two processes | {alone:,.0f} texts/s | |")
    print(f"| ingest of JSONL, marginal | {timing.marginal:,.0f} texts/s | |")
    print(f"| ingest beside lid.176.ftz | {timing.marginal / alone:.2f} | 0.65 |")
    print(f"| fixed cost of the ingest | {timing.fixed:.1f} s | |")
    print(f"| peak memory | {memory.gib:.2f} GiB | |")


def _seconds(texts: Path, folder: Path) -> float:
    """The seconds of an ingest into a new lake."""
    shutil.rmtree(folder, ignore_errors=True)
    lake = Lake(start(str(folder), app="decantry-bench", cores=2), str(folder), run_id="bench")
    began = time.monotonic()
    ingest(lake, [str(texts)], IngestOptions())
    return time.monotonic() - began


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
