"""The curate job: documents in, a checked and published corpus out."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from decantry.jobs.checks.judgement import Judgement
from decantry.jobs.curate.corpus_change import corpus_change
from decantry.jobs.curate.count import count
from decantry.jobs.curate.fingerprints import without_keys
from decantry.jobs.curate.languages import counts_by_language
from decantry.jobs.curate.models import require_models
from decantry.jobs.curate.passes import judge_documents
from decantry.jobs.curate.plan import plan
from decantry.jobs.curate.publish import publish
from decantry.jobs.curate.reconcile import reconcile
from decantry.jobs.curate.report import CurateReport
from decantry.jobs.curate.rows import write_rows
from decantry.jobs.curate.standing import is_wide
from decantry.jobs.curate.watch import watch
from decantry.jobs.lake.commits.lock import locked
from decantry.jobs.lake.commits.schema import require_fits
from decantry.jobs.lake.staging import Staging
from decantry.schemas.catalogue import TABLES

if TYPE_CHECKING:
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe

WRITTEN = (
    *("silver/verdicts", "silver/signals", "silver/fingerprints", "silver/clusters", "silver/cuts", "silver/scores"),
    *("ops/publications", "ops/checks"),
)
"""The tables that a curate may write, beside the corpus."""

Gate = Callable[["Judgement"], object]
"""Looks at a judgement before it is published, and raises to stop it."""


def curate(
    lake: Lake,
    recipe: Recipe,
    crawls: Sequence[str] | None = None,
    *,
    rebuild: bool = False,
    measure_all: bool = False,
    gate: Gate | None = None,
    tell: Callable[[str], None] = lambda line: None,
) -> CurateReport:
    """Judge the documents of `crawls` (all when None) by `recipe` and publish what is not published yet.

    `gate` looks at the judgement first; when it raises, nothing is published. `tell` hears of each stage. Raises
    UserError when there is nothing to read, or when a crawl was published under another hash and `rebuild` is false.
    """
    if crawls is None:
        crawls = lake.partitions("silver/documents", "crawl")
    name = f"curate {recipe.recipe}"
    with locked(lake, [name] if is_wide(recipe) else [f"{name} of {crawl}" for crawl in crawls]):
        return _curate(lake.next_run(), recipe, crawls, rebuild, measure_all, gate, tell)


def _curate(
    lake: Lake,
    recipe: Recipe,
    crawls: Sequence[str],
    rebuild: bool,
    measure_all: bool,
    gate: Gate | None,
    tell: Callable[[str], None],
) -> CurateReport:
    """Plan, judge, reconcile, check and publish, while no other run of this machine is at the same work."""
    started = time.monotonic()
    planned = plan(lake, recipe, crawls, rebuild=rebuild, measure_all=measure_all, tell=tell)
    if not planned.due:
        return CurateReport(recipe, planned.recipe_hash, (), planned.done, time.monotonic() - started)
    require_fits(lake, [recipe.corpus(), *(TABLES[name] for name in WRITTEN)])
    require_models(recipe)
    documents = sum(crawl.count for crawl in planned.due)
    tell(f"judging {documents} documents of {len(planned.due)} crawl(s) by {recipe.recipe}")
    staging = Staging(lake, recipe.recipe)
    try:
        judged = judge_documents(planned, staging, measure_all=measure_all)
        amended = reconcile(planned, judged, staging)
        change = corpus_change(planned, judged, amended, staging)
        write_rows(planned, judged, amended, measure_all=measure_all)
        parts = count(planned, amended, change)
        if gate is not None:
            tell("checking")
            some = tuple(part for part in parts if part.documents)
            watched = watch(planned, judged, amended, some, staging)
            gate(Judgement(recipe, planned.recipe_hash, some, judged.rows, watched))
        tell("publishing")
        uncompared = without_keys(lake, recipe, planned.crawls)  # before the commit: it may fail
        languages = counts_by_language(recipe, judged.rows, planned.crawls)
        number = publish(planned, change, parts)
    finally:
        staging.remove()
    published = {part.crawl for part in parts}
    return CurateReport(
        recipe,
        planned.recipe_hash,
        published=parts,
        already_done=tuple(crawl for crawl in planned.done if crawl not in published),
        seconds=time.monotonic() - started,
        publication=number,
        uncompared=uncompared,
        languages=languages,
    )
