"""The curate job: judge documents by a recipe, check the result and publish the corpus."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from decantry.jobs.checks.judgement import Judgement
from decantry.jobs.curate.corpus_change import corpus_change
from decantry.jobs.curate.count import count
from decantry.jobs.curate.fingerprints import without_keys
from decantry.jobs.curate.incremental import compares_crawls
from decantry.jobs.curate.languages import counts_by_language
from decantry.jobs.curate.models import require_models
from decantry.jobs.curate.passes import judge_documents
from decantry.jobs.curate.plan import plan
from decantry.jobs.curate.publish import publish
from decantry.jobs.curate.reconcile import reconcile
from decantry.jobs.curate.report import CurateReport
from decantry.jobs.curate.rows import write_rows
from decantry.jobs.curate.watch import watch
from decantry.jobs.lake.commits.lock import locked
from decantry.jobs.lake.commits.schema import require_fits
from decantry.jobs.process.terminal import counted
from decantry.schemas.catalogue import TABLES

if TYPE_CHECKING:
    from decantry.jobs.checks.parts import Part
    from decantry.jobs.curate.outcome import Outcomes
    from decantry.jobs.curate.plan import Plan
    from decantry.jobs.curate.reconcile import Amendment
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe

WRITTEN = (
    "silver/verdicts",
    "silver/signals",
    "silver/fingerprints",
    "silver/clusters",
    "silver/cuts",
    "silver/scores",
    "ops/publications",
    "ops/checks",
)
"""The tables that a curate may write in addition to the corpus."""

Gate = Callable[["Judgement"], object]
"""Checks a judgement before it is published. It raises to stop the publication."""


def curate(
    lake: Lake,
    recipe: Recipe,
    crawls: Sequence[str] | None = None,
    *,
    rebuild: bool = False,
    measure_all: bool = False,
    gate: Gate | None = None,
    tell: Callable[[str], None] = lambda line: None,
    warn: Callable[[str], None] | None = None,
) -> CurateReport:
    """Judge the documents of `crawls` (all if None) by `recipe`, and publish what is not published yet.

    `gate` checks the judgement first. If it raises, nothing is published. `tell` is called with a line for each stage,
    and `warn` with a line about documents that are left out; if it is None, `tell` is. Raises UserError if there are no
    documents, or if a crawl was published under another hash and `rebuild` is false.
    """
    started = time.monotonic()
    if crawls is None:
        crawls = lake.partitions("silver/documents", "crawl")
    name = f"curate {recipe.recipe}"
    with locked(lake, [name] if compares_crawls(recipe) else [f"{name} of {crawl}" for crawl in crawls]):
        run = lake.next_run()
        planned = plan(run, recipe, crawls, rebuild=rebuild, measure_all=measure_all, tell=tell, warn=warn or tell)
        report = CurateReport(recipe, planned.recipe_hash, (), planned.done)
        if planned.due:
            require_fits(lake, [recipe.corpus(), *(TABLES[name] for name in WRITTEN)])
            require_models(recipe)
            try:
                report = _curate_due(planned, gate, tell)
            finally:
                planned.staging.remove()
    return replace(report, seconds=time.monotonic() - started)


def _curate_due(planned: Plan, gate: Gate | None, tell: Callable[[str], None]) -> CurateReport:
    """Judge the documents that are due, reconcile the published ones with them, check, and publish."""
    recipe = planned.recipe
    documents = sum(crawl.count for crawl in planned.due)
    tell(f"judging {counted(documents, 'document')} of {counted(len(planned.due), 'crawl')} by {recipe.recipe}")
    judged = judge_documents(planned)
    amended = reconcile(planned, judged)
    change = corpus_change(planned, judged, amended)
    write_rows(planned, judged, amended)
    parts = count(planned, amended, change)
    if gate is not None:
        tell("checking")
        _check(planned, judged, amended, parts, gate)
    tell("publishing")
    uncompared = without_keys(planned.lake, recipe, planned.crawls)  # before the commit, because it may fail
    languages = counts_by_language(recipe, judged.rows, planned.crawls)
    number = publish(planned, change, parts)
    published = {part.crawl for part in parts}
    return CurateReport(
        recipe,
        planned.recipe_hash,
        published=parts,
        already_done=tuple(crawl for crawl in planned.done if crawl not in published),
        publication=number,
        uncompared=uncompared,
        languages=languages,
    )


def _check(planned: Plan, judged: Outcomes, amended: Amendment | None, parts: Sequence[Part], gate: Gate) -> None:
    """Call the gate, which raises if the run must not publish. Crawls without documents are not checked."""
    shown = tuple(part for part in parts if part.documents)
    watched = watch(planned, judged, amended, shown)
    gate(Judgement(planned.recipe, planned.recipe_hash, shown, judged.rows, watched))
