"""Reads the history of a corpus: its publications, the checks of its runs, and the speed of tracked runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from decantry.jobs.explore.report.contents import Check, Pace, Publication
from decantry.jobs.lake.publications import publications
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from decantry.jobs.lake.lake import Lake

RUNS = 12
CHECKS = 400
"""The most runs, and the most rows of checks, on a report, the newest first."""


def published(lake: Lake, recipe: str) -> tuple[Publication, ...]:
    """The recipe's publications, the newest first."""
    return tuple(
        Publication(
            each.number,
            each.version,
            newest.runs[-1],
            each.kind,
            each.at,
            tuple(sorted(each.crawls)),
            sum(crawl.documents for crawl in each.crawls.values()),
            each.kept,
        )
        for each in publications(lake, recipe)
        for newest in [max(each.crawls.values(), key=lambda crawl: crawl.published_at, default=None)]
        if newest is not None
    )


def checks(lake: Lake, runs: Sequence[str]) -> tuple[Check, ...]:
    """The results of the checks in these runs: the newest run first, and in a run failed checks first."""
    if not runs:
        return ()
    rows = lake.read("ops/checks").where(F.col("run_id").isin(*runs))
    order = [F.col("run_id").desc(), *map(F.col, ("success", "table", "expectation"))]
    names = ("run_id", "checked_at", "table", "expectation", "success", "severity", "observed", "threshold")
    return tuple(Check(*(row[name] for name in names)) for row in rows.orderBy(*order).limit(CHECKS).collect())


def paces(tracked: Sequence[Mapping[str, Any]]) -> tuple[Pace, ...]:
    """The speeds of tracked runs that logged their documents and their duration, the newest first."""
    return tuple(
        Pace(each["name"], each["run_id"], int(each["metrics"]["documents"]), each["metrics"]["seconds"])
        for each in tracked
        if each["metrics"].get("documents") and each["metrics"].get("seconds")
    )[: 2 * RUNS]
