"""The main job: ingest, curate and check, then publish; each part tracked."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Thread

from decantry.jobs.checks.gate import gate
from decantry.jobs.checks.validate import load
from decantry.jobs.curate.job import CurateReport, Judgement, curate
from decantry.jobs.ingest import IngestOptions, IngestReport, ingest
from decantry.jobs.lake import Lake
from decantry.jobs.progress import Progress
from decantry.jobs.recipe.model import Recipe
from decantry.jobs.tracking import report
from decantry.jobs.tracking.tracker import Tracker


def run(
    lake: Lake,
    recipe: Recipe,
    inputs: Sequence[str],
    options: IngestOptions,
    *,
    rebuild: bool,
    measure_all: bool,
    progress: Progress,
    tracker: Tracker,
) -> tuple[IngestReport, CurateReport]:
    """Ingest the inputs, then curate the crawls they belong to. Raises what either raises."""
    read = ingest_tracked(lake, inputs, options, progress=progress, tracker=tracker)
    made = curate_checked(
        lake, recipe, read.crawls, rebuild=rebuild, measure_all=measure_all, progress=progress, tracker=tracker
    )
    return read, made


def ingest_tracked(
    lake: Lake, inputs: Sequence[str], options: IngestOptions, *, progress: Progress, tracker: Tracker
) -> IngestReport:
    """Ingest, and tell the tracker of it."""
    with tracker.job("ingest"):
        read = ingest(lake, inputs, options, progress)
        report.ingested(tracker, lake, read)
    return read


def curate_checked(
    lake: Lake,
    recipe: Recipe,
    crawls: Sequence[str] | None,
    *,
    rebuild: bool,
    measure_all: bool,
    progress: Progress,
    tracker: Tracker,
) -> CurateReport:
    """Curate behind the gate of checks, and tell the tracker. Raises CheckFailed, and nothing is published, there."""
    Thread(target=load, daemon=True).start()  # the library of checks takes seconds to import: while Spark works

    def check(judgement: Judgement) -> None:
        report.checked(tracker, gate(lake, judgement, progress.tell))

    with tracker.job("curate"):
        made = curate(lake, recipe, crawls, rebuild=rebuild, measure_all=measure_all, gate=check, tell=progress.tell)
        report.curated(tracker, lake, made)
    return made
