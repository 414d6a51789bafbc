"""Marginal rates of ingest and curate in one warm session: (t(10N) - t(N)) / 9N, where N is the number of pages of a
crawl."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from decantry.jobs.curate.job import curate
from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.session import start
from decantry.jobs.recipe.load import load
from tests.bench.memory import PeakMemory


@dataclass(frozen=True)
class Timing:
    """Seconds for N and for 10N documents."""

    documents: tuple[int, int]
    seconds: tuple[float, float]

    @property
    def marginal(self) -> float:
        """The marginal documents a second, without fixed costs."""
        return (self.documents[1] - self.documents[0]) / (self.seconds[1] - self.seconds[0])

    @property
    def fixed(self) -> float:
        """The fixed costs in seconds."""
        return self.seconds[0] - self.documents[0] / self.marginal


@dataclass(frozen=True)
class Rates:
    """The rates of the warm session. `peaks` is the peak memory in GiB over N and over 10N documents."""

    ingest: Timing
    curate: Timing
    peaks: tuple[float, float]


def measure(crawls: Sequence[Sequence[Path]], folder: Path) -> Rates:
    """Run both jobs over one crawl and over all ten, each into a new lake, after a warm-up."""
    shutil.rmtree(folder, ignore_errors=True)
    _once(crawls[:1], folder / "warm")
    documents, ingests, curates, peaks = [], [], [], []
    for number in (1, len(crawls)):
        with PeakMemory(os.getpid()) as memory:
            count, ingested, curated = _once(crawls[:number], folder / f"lake-{number}")
        documents.append(count)
        ingests.append(ingested)
        curates.append(curated)
        peaks.append(memory.gib)
    counts = (documents[0], documents[1])
    return Rates(
        Timing(counts, (ingests[0], ingests[1])),
        Timing(counts, (curates[0], curates[1])),
        (peaks[0], peaks[1]),
    )


def _once(crawls: Sequence[Sequence[Path]], folder: Path) -> tuple[int, float, float]:
    """The number of documents, the seconds of ingest, the seconds of curate."""
    lake = Lake(start(str(folder), app="decantry-bench", cores=2), str(folder), run_id="bench")
    began = time.monotonic()
    report = ingest(lake, [str(path) for crawl in crawls for path in crawl], IngestOptions())
    ingested = time.monotonic()
    curate(lake, load("fineweb"))
    return report.documents, ingested - began, time.monotonic() - ingested
