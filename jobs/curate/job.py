"""The curate job: documents in, a checked and published corpus out."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pyspark.sql import functions as F

from decantry.jobs.commits import claimed
from decantry.jobs.commits.schema import require_fits
from decantry.jobs.curate.documents import CrawlDocuments, readable
from decantry.jobs.curate.emptied import emptied
from decantry.jobs.curate.funnel import FunnelStep, funnel
from decantry.jobs.curate.parts import Part, parts
from decantry.jobs.curate.passes import Passes
from decantry.jobs.curate.publish import publish
from decantry.jobs.curate.standing import can_be_added_to, is_wide, standing_of
from decantry.jobs.errors import UserError
from decantry.jobs.lake import Lake
from decantry.jobs.published import current
from decantry.jobs.recipe.hash import recipe_hash
from decantry.jobs.recipe.model import Recipe
from decantry.jobs.staging import Staging
from decantry.jobs.steps.where import Where
from decantry.schemas.catalogue import TABLES
from decantry.schemas.corpus import table_name

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, Row

WRITTEN = (
    *("silver/verdicts", "silver/signals", "silver/fingerprints", "silver/clusters", "silver/cuts"),
    *("ops/publications", "ops/checks"),
)
"""The tables that a curate may write, beside the corpus."""

Gate = Callable[["Judgement"], object]
"""Looks at a judgement before it is published, and raises to stop it."""


@dataclass(frozen=True)
class Judgement:
    """What a run is about to publish: the parts by crawl, and the staged outcomes they were counted from."""

    recipe: Recipe
    recipe_hash: str
    parts: tuple[Part, ...]
    outcomes: DataFrame


@dataclass(frozen=True)
class CurateReport:
    """What a curate did: the crawls it published, those it found done, the funnel over the published ones."""

    recipe: Recipe
    recipe_hash: str
    published: tuple[Part, ...]
    already_done: tuple[str, ...]
    seconds: float
    publication: int | None = None
    """The version of ops/publications that names what was published."""

    @property
    def counts(self) -> dict[str | None, int]:
        """The number of verdicts by `removed_by` (None: kept), over the published crawls."""
        total: dict[str | None, int] = defaultdict(int)
        for part in self.published:
            for name, n in part.counts.items():
                total[name] += n
        return dict(total)

    @property
    def funnel(self) -> list[FunnelStep]:
        """The funnel over the published crawls."""
        return funnel(self.recipe, self.counts)


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
        crawls = sorted(row["crawl"] for row in lake.read("silver/documents").select("crawl").distinct().collect())
    mine = [recipe.recipe] if is_wide(recipe) else [f"{recipe.recipe} of {crawl}" for crawl in crawls]
    with claimed(lake, mine):
        return _curate(lake, recipe, crawls, rebuild, measure_all, gate, tell)


def _curate(
    lake: Lake,
    recipe: Recipe,
    crawls: Sequence[str],
    rebuild: bool,
    measure_all: bool,
    gate: Gate | None,
    tell: Callable[[str], None],
) -> CurateReport:
    """As `curate`, with what it writes claimed."""
    started = time.monotonic()
    fingerprint = recipe_hash(recipe)
    everything = current(lake)
    publications = {row["crawl"]: row for row in everything if row["recipe"] == recipe.recipe}
    documents, found = readable(lake, recipe, crawls, tell, some=not publications)
    _require_own_table(recipe, everything)
    missing = _unmeasured(lake, recipe, publications) if measure_all else set()
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
    others = [row for crawl, row in publications.items() if crawl not in {c.crawl for c in due}]
    if is_wide(recipe) and others:
        _require_same_hash(recipe, fingerprint, others)
        standing = standing_of(lake, recipe, fingerprint, [row["crawl"] for row in others])
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
        touched = parts(judged, due, standing, publications)
        if gate is not None:
            tell("checking")
            gate(Judgement(recipe, fingerprint, tuple(part for part in touched if part.documents), judged.rows))
        tell("publishing")
        version = publish(lake, recipe, fingerprint, judged, touched, names, measure_all=measure_all)
    finally:
        staging.remove()
    left = tuple(crawl for crawl in report.already_done if crawl not in {part.crawl for part in touched})
    seconds = time.monotonic() - started
    return replace(report, published=touched, already_done=left, publication=version, seconds=seconds)


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


def _require_own_table(recipe: Recipe, publications: Sequence[Row]) -> None:
    """Raise UserError where another recipe's corpus has the table that this one's would have."""
    for name in sorted({row["recipe"] for row in publications} - {recipe.recipe}):
        if table_name(name) == recipe.corpus().name:
            raise UserError(f"{recipe.recipe} would publish into the table of {name}: call the recipe something else")


def _require_all(recipe: Recipe, published: Sequence[str], due: Sequence[CrawlDocuments]) -> None:
    """Raise UserError where a crawl that was published has no texts any more, and cannot be judged with the others."""
    for crawl in sorted({*published} - {each.crawl for each in due}):
        raise UserError(
            f"{recipe.recipe} must judge all its crawls again, and the lake has no texts of {crawl} any more: "
            "ingest it again, or call the recipe something else and curate the crawls that there are"
        )


def _require_same_hash(recipe: Recipe, fingerprint: str, others: Sequence[Row]) -> None:
    for row in others:
        if row["recipe_hash"] != fingerprint:
            raise UserError(
                f"{recipe.recipe} compares crawls with one another, and {row['crawl']} was published under the hash "
                f"{row['recipe_hash']}, not {fingerprint}: run again with --rebuild for all crawls"
            )


def _unmeasured(lake: Lake, recipe: Recipe, publications: Mapping[str, Row]) -> set[str]:
    """The published crawls of which the run that published them kept no measurements."""
    mine = lake.read("silver/signals").where(F.col("recipe") == recipe.recipe)
    kept = {(row["crawl"], row["run_id"]) for row in mine.select("crawl", "run_id").distinct().collect()}
    return {crawl for crawl, row in publications.items() if (crawl, row["run_id"]) not in kept}


def _is_done(recipe: Recipe, fingerprint: str, crawl: CrawlDocuments, standing: Row | None, rebuild: bool) -> bool:
    """Whether the crawl's standing publication is by this hash and of these documents."""
    if standing is None:
        return False
    if standing["recipe_hash"] == fingerprint:
        return bool(standing["documents_hash"] == crawl.hash)
    if not rebuild:
        raise UserError(
            f"{recipe.recipe} was published for {crawl.crawl} under the hash {standing['recipe_hash']} and is now "
            f"{fingerprint}: run again with --rebuild to replace it"
        )
    return False
