"""The curate job: documents in, a checked and published corpus out."""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.curate.documents import CrawlDocuments, readable
from decantry.jobs.curate.funnel import FunnelStep, funnel
from decantry.jobs.curate.passes import outcomes
from decantry.jobs.curate.publish import Part, publish
from decantry.jobs.curate.staging import Staging
from decantry.jobs.errors import UserError
from decantry.jobs.lake import Lake
from decantry.jobs.published import current
from decantry.jobs.recipe.hash import recipe_hash
from decantry.jobs.recipe.model import Recipe

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, Row

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
    started = time.monotonic()
    fingerprint = recipe_hash(recipe)
    documents, found = readable(lake, recipe, crawls)
    standing = {row["crawl"]: row for row in current(lake, recipe.recipe)}
    due = [crawl for crawl in found if not _is_done(recipe, fingerprint, crawl, standing.get(crawl.crawl), rebuild)]
    report = CurateReport(recipe, fingerprint, (), tuple(c.crawl for c in found if c not in due), 0.0)
    if not due:
        return replace(report, seconds=time.monotonic() - started)
    tell(f"judging {sum(crawl.count for crawl in due)} documents of {len(due)} crawl(s) by {recipe.recipe}")
    staging = Staging(lake, recipe.recipe)
    try:
        wanted = documents.where(F.col("crawl").isin(*(crawl.crawl for crawl in due)))
        judged = outcomes(wanted, recipe, staging, measure_all=measure_all)
        parts = _parts(judged, due)
        if gate is not None:
            tell("checking")
            gate(Judgement(recipe, fingerprint, parts, judged))
        tell("publishing")
        publish(lake, recipe, fingerprint, judged, parts, measure_all=measure_all)
    finally:
        staging.remove()
    return replace(report, published=parts, seconds=time.monotonic() - started)


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


def _parts(judged: DataFrame, due: Sequence[CrawlDocuments]) -> tuple[Part, ...]:
    """The parts by crawl, counted from the staged outcomes; corpus rows are those that have a text."""
    kept = F.col("removed_by").isNull()
    rows = (
        judged.groupBy("crawl", "removed_by")
        .agg(
            F.count("*").alias("n"),
            F.sum(F.when(kept, F.col("copies"))).alias("kept_rows"),
            F.sum(F.when(F.col("text").isNotNull(), F.col("copies"))).alias("corpus_rows"),
        )
        .collect()
    )
    counts: dict[str, dict[str | None, int]] = defaultdict(dict)
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        counts[row["crawl"]][row["removed_by"]] = row["n"]
        for name in ("kept_rows", "corpus_rows"):
            totals[row["crawl"]][name] += row[name] or 0
    return tuple(
        Part(c.crawl, c.count, c.hash, counts[c.crawl], totals[c.crawl]["kept_rows"], totals[c.crawl]["corpus_rows"])
        for c in due
    )
