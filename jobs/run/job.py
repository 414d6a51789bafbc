"""The main job: ingest, curate and check, then publish; each part tracked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from decantry.jobs.checks.gate import evaluate, gate
from decantry.jobs.checks.loss import require_no_loss
from decantry.jobs.checks.published import check
from decantry.jobs.checks.whole_lake import expectations_of_lake
from decantry.jobs.curate.job import WRITTEN, curate
from decantry.jobs.ingest.job import ingest
from decantry.jobs.ingest.options import IngestOptions, IngestReport
from decantry.jobs.lake.commits.schema import require_fits
from decantry.jobs.lake.published import current
from decantry.jobs.run import report
from decantry.jobs.run.conservation import conservation
from decantry.schemas import checks
from decantry.schemas.catalogue import TABLES

if TYPE_CHECKING:
    from decantry.jobs.checks.expectation import Batch, CheckResult
    from decantry.jobs.checks.judgement import Judgement
    from decantry.jobs.curate.report import CurateReport
    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.run.context import Context


def run(
    context: Context,
    recipe: Recipe,
    inputs: Sequence[str],
    options: IngestOptions,
    *,
    rebuild: bool = False,
    measure_all: bool = False,
    allow_loss: bool = False,
) -> tuple[IngestReport, CurateReport]:
    """Ingest the inputs, then curate their crawls, and published crawls that lost documents to them.

    Raises what `ingest_checked` and `curate_checked` raise.
    """
    lake, tracker = context.lake, context.tracker
    require_fits(lake, [recipe.corpus(), *(TABLES[name] for name in WRITTEN)])
    with tracker.job("ingest"):
        read = ingest(lake, inputs, options, context.progress.tell)
        report.ingested(tracker, lake, read)
    published = current(lake, recipe.recipe) if read.left else []
    moved = {each.crawl for each in published if each.published_at <= read.left.get(each.crawl, datetime.min)}
    made = curate_checked(
        context,
        recipe,
        sorted({*read.crawls, *moved}),
        rebuild=rebuild,
        measure_all=measure_all,
        allow_loss=allow_loss,
        also=lambda: conservation(lake, read),
    )
    return read, made


def ingest_checked(context: Context, inputs: Sequence[str], options: IngestOptions) -> IngestReport:
    """Ingest, check that the tables have what was read, and log to the tracker. Raises CheckFailed if they do not."""
    lake, tracker = context.lake, context.tracker
    with tracker.job("ingest"):
        require_fits(lake, [checks.TABLE])
        read = ingest(lake, inputs, options, context.progress.tell)
        report.ingested(tracker, lake, read)
        if batches := conservation(lake, read):
            results = evaluate(lake, batches, context.progress.warn, failure="a check of what was read failed")
            report.checked(tracker, results)
    return read


def check_tracked(context: Context, recipe: Recipe | None) -> list[CheckResult]:
    """Check the whole lake, or the recipe's published corpus. Raises CheckFailed if a check of severity error fails."""
    lake, warn = context.lake, context.progress.warn
    require_fits(lake, [checks.TABLE])
    with context.tracker.job("check"):
        if recipe is None:
            results = evaluate(lake, expectations_of_lake(lake), warn, failure="a check of the lake failed")
        else:
            results = check(lake, recipe, warn)
        report.checked(context.tracker, results)
    return results


def curate_checked(
    context: Context,
    recipe: Recipe,
    crawls: Sequence[str] | None,
    *,
    rebuild: bool = False,
    measure_all: bool = False,
    allow_loss: bool = False,
    also: Callable[[], list[Batch]] = list,
) -> CurateReport:
    """Curate with the gate, which also evaluates the batches in `also`, and log to the tracker.

    Raises CheckFailed if a check fails, or if the corpus would lose most of its documents and `allow_loss` is false.
    Then nothing is published.
    """
    lake, tracker, tell, warn = context.lake, context.tracker, context.progress.tell, context.progress.warn

    def check_judgement(judgement: Judgement) -> None:
        report.alarmed(tracker, judgement.watched)
        report.checked(tracker, gate(lake, judgement, warn, also=also()))
        if not allow_loss:
            published = current(lake, recipe.recipe)
            require_no_loss(recipe.recipe, judgement.recipe_hash, judgement.parts, published)

    with tracker.job("curate"):
        made = curate(
            lake, recipe, crawls, rebuild=rebuild, measure_all=measure_all, gate=check_judgement, tell=tell, warn=warn
        )
        report.curated(tracker, lake, made)
    return made
