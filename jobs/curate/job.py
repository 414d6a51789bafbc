"""The curate job: documents in, a checked and published corpus out."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from pyspark.sql import functions as F

from decantry.jobs.checks.judgement import Judgement
from decantry.jobs.checks.parts import Part, parts
from decantry.jobs.curate.amendment import Amendment, amendment
from decantry.jobs.curate.corpus_change import CorpusChange, merge, replacement
from decantry.jobs.curate.documents import CrawlDocuments, readable
from decantry.jobs.curate.emptied import emptied
from decantry.jobs.curate.passes import Passes
from decantry.jobs.curate.publish import publish, write_rows
from decantry.jobs.curate.report import CurateReport
from decantry.jobs.curate.standing import can_be_added_to, is_wide, standing_of
from decantry.jobs.lake.commits.corpora import record
from decantry.jobs.lake.commits.lock import locked
from decantry.jobs.lake.commits.schema import require_fits
from decantry.jobs.lake.forgotten import forgotten_keys
from decantry.jobs.lake.live import Published, live
from decantry.jobs.lake.published import rows_of, verdicts_of
from decantry.jobs.lake.staging import Staging
from decantry.jobs.lake.tables import NOT_THERE
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.hash import recipe_hash
from decantry.jobs.steps.where import Where
from decantry.schemas.catalogue import TABLES
from decantry.schemas.corpus import table_name

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe

WRITTEN = (
    *("silver/verdicts", "silver/signals", "silver/fingerprints", "silver/clusters", "silver/cuts"),
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
    """As `curate`, while no other run of this machine is at the same work."""
    began = datetime.now(timezone.utc)
    started = time.monotonic()
    fingerprint = recipe_hash(recipe)
    forgotten = forgotten_keys(lake)
    pinned = lake.state(recipe.corpus().name)
    everything = live(record(lake))
    publications = {each.crawl: each for each in everything if each.recipe == recipe.recipe}
    documents, found = readable(lake, recipe, crawls, tell, some=not publications)
    _require_own_table(recipe, everything)
    missing = _unmeasured(lake, publications) if measure_all else set()
    found += emptied(lake, recipe, crawls, found, publications, rebuild=rebuild)
    if not found:
        readable(lake, recipe, crawls)  # says what is missing
    due = [
        c
        for c in found
        if not _is_done(recipe, fingerprint, c, publications.get(c.crawl), rebuild) or (c.count and c.crawl in missing)
    ]
    report = CurateReport(recipe, fingerprint, (), tuple(c.crawl for c in found if c not in due), 0.0)
    if not due:
        return replace(report, seconds=time.monotonic() - started)
    require_fits(lake, [recipe.corpus(), *(TABLES[name] for name in WRITTEN)])
    standing = None
    others = [each for crawl, each in publications.items() if crawl not in {c.crawl for c in due}]
    wide = is_wide(recipe)
    if wide and others:
        _require_same_hash(recipe, fingerprint, others)
        standing = standing_of(lake, recipe, fingerprint, others)
        if not can_be_added_to(recipe) or not standing.complete():
            tell(f"judging all crawls again: {recipe.recipe} compares them in a way that cannot be added to")
            documents, due = readable(lake, recipe, [*(c.crawl for c in due), *standing.crawls])
            due += emptied(lake, recipe, crawls, due, publications, rebuild=rebuild)
            _require_all(recipe, standing.crawls, due)
            standing = None
    tell(f"judging {sum(crawl.count for crawl in due)} documents of {len(due)} crawl(s) by {recipe.recipe}")
    staging = Staging(lake, recipe.recipe)
    try:
        names = [crawl.crawl for crawl in due]
        wanted = documents.where(F.col("crawl").isin(*names))
        try:
            judged = Passes(wanted, recipe, staging, names, standing=standing, measure_all=measure_all).outcomes()
        except Exception as error:
            if (told := _of_a_predicate(recipe, error)) is not None:
                raise told from error
            raise
        amended = None if standing is None else amendment(judged, standing, names, staging)
        if amended is not None and amended.crawls:
            change = merge(judged, recipe, names, amended, _corpus(lake, recipe, pinned), staging)
        else:
            change = replacement(judged, recipe, names, publications, staging)
        write_rows(lake, recipe, fingerprint, judged, names, amended, measure_all=measure_all)
        touched = _touched(lake, recipe, fingerprint, due, amended, publications, change)
        if gate is not None:
            tell("checking")
            gate(Judgement(recipe, fingerprint, tuple(part for part in touched if part.documents), judged.rows))
        tell("publishing")
        number = publish(
            *(lake, recipe, fingerprint, change, touched, names),
            pinned=pinned,
            forgotten=forgotten,
            wide=wide,
            began=began,
        )
    finally:
        staging.remove()
    left = tuple(crawl for crawl in report.already_done if crawl not in {part.crawl for part in touched})
    seconds = time.monotonic() - started
    return replace(report, published=touched, already_done=left, publication=number, seconds=seconds)


def _corpus(lake: Lake, recipe: Recipe, pinned: int) -> DataFrame:
    name = recipe.corpus().name
    return lake.read(name) if pinned == NOT_THERE else lake.read_version(name, pinned)


def _touched(
    lake: Lake,
    recipe: Recipe,
    fingerprint: str,
    due: Sequence[CrawlDocuments],
    amended: Amendment | None,
    publications: Mapping[str, Published],
    change: CorpusChange,
) -> tuple[Part, ...]:
    """The parts that the run publishes, counted in silver/verdicts as readers will see it."""
    others = [publications[crawl] for crawl in amended.crawls] if amended is not None else []
    coming = [replace(each, runs=(*each.runs, lake.run_id)) for each in others]
    for each in due:
        told = (0, fingerprint, None, each.hash, each.version, each.count, 0, datetime.min)
        coming.append(Published(recipe.recipe, each.crawl, (lake.run_id,), *told))
    return parts(due, others, verdicts_of(lake, coming), change.documents, change.repeated)


def _of_a_predicate(recipe: Recipe, error: Exception) -> UserError | None:
    """The error as one of a `where` step, where it is one: its predicate fails on some document."""
    places: list[Any] = getattr(error, "getQueryContext", list)() or []
    failing = [place.fragment() for place in places if place.contextType().name == "SQL"]
    steps = [
        str(step) for step in recipe.steps if isinstance(step, Where) and any(part in step.keep for part in failing)
    ]
    if not steps:
        return None
    which = f"the step {steps[0]}" if len(steps) == 1 else f"one of the steps {', '.join(steps)}"
    what = next(line for line in str(error).splitlines() if line.strip()).partition(" SQLSTATE")[0]
    return UserError(f"{which} of {recipe.recipe} fails on a document: {what} (in `{failing[0]}`)")


def _require_own_table(recipe: Recipe, publications: Sequence[Published]) -> None:
    """Raise UserError where another recipe's corpus has the table that this one's would have."""
    for name in sorted({each.recipe for each in publications} - {recipe.recipe}):
        if table_name(name) == recipe.corpus().name:
            raise UserError(f"{recipe.recipe} would publish into the table of {name}: call the recipe something else")


def _require_all(recipe: Recipe, published: Sequence[str], due: Sequence[CrawlDocuments]) -> None:
    """Raise UserError where a crawl that was published has no texts any more, and cannot be judged with the others."""
    for crawl in sorted({*published} - {each.crawl for each in due}):
        raise UserError(
            f"{recipe.recipe} must judge all its crawls again, and the lake has no texts of {crawl} any more: "
            "ingest it again, or call the recipe something else and curate the crawls that there are"
        )


def _require_same_hash(recipe: Recipe, fingerprint: str, others: Sequence[Published]) -> None:
    for each in others:
        if each.recipe_hash != fingerprint:
            raise UserError(
                f"{recipe.recipe} compares crawls with one another, and {each.crawl} was published under the hash "
                f"{each.recipe_hash}, not {fingerprint}: run again with --rebuild for all crawls"
            )


def _unmeasured(lake: Lake, publications: Mapping[str, Published]) -> set[str]:
    """The published crawls of which the last run that published them kept no measurements."""
    found = rows_of(lake, "silver/signals", list(publications.values()))
    kept = {(row["crawl"], row["run_id"]) for row in found.select("crawl", "run_id").distinct().collect()}
    return {crawl for crawl, each in publications.items() if (crawl, each.runs[-1]) not in kept}


def _is_done(
    recipe: Recipe, fingerprint: str, crawl: CrawlDocuments, standing: Published | None, rebuild: bool
) -> bool:
    """Whether the crawl's standing publication is by this hash and of these documents."""
    if standing is None:
        return False
    if standing.recipe_hash == fingerprint:
        return standing.documents_hash == crawl.hash
    if not rebuild:
        raise UserError(
            f"{recipe.recipe} was published for {crawl.crawl} under the hash {standing.recipe_hash} and is now "
            f"{fingerprint}: run again with --rebuild to replace it"
        )
    return False
