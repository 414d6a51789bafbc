"""The main job: ingest, curate and check, then publish; each part tracked."""

from __future__ import annotations

from collections.abc import Sequence
from threading import Thread

from decantry.jobs.checks.gate import gate
from decantry.jobs.checks.validate import load
from decantry.jobs.curate.job import CurateReport, curate
from decantry.jobs.ingest import IngestOptions, IngestReport, ingest
from decantry.jobs.lake import Lake
from decantry.jobs.progress import Progress
from decantry.jobs.recipe.model import Recipe


def run(
    lake: Lake,
    recipe: Recipe,
    inputs: Sequence[str],
    options: IngestOptions,
    *,
    rebuild: bool,
    measure_all: bool,
    progress: Progress,
) -> tuple[IngestReport, CurateReport]:
    """Ingest the inputs, then curate the crawls they belong to. Raises what either raises."""
    read = ingest(lake, inputs, options, progress)
    made = curate_and_check(lake, recipe, read.crawls, rebuild=rebuild, measure_all=measure_all, progress=progress)
    return read, made


def curate_and_check(
    lake: Lake,
    recipe: Recipe,
    crawls: Sequence[str] | None,
    *,
    rebuild: bool,
    measure_all: bool,
    progress: Progress,
) -> CurateReport:
    """Curate with the recipe's checks as the gate. Raises CheckFailed when one fails; nothing is published then."""
    Thread(target=load, daemon=True).start()  # it takes seconds to import, while Spark works
    return curate(
        lake,
        recipe,
        crawls,
        rebuild=rebuild,
        measure_all=measure_all,
        gate=lambda judgement: gate(lake, judgement, progress.tell),
        tell=progress.tell,
    )
