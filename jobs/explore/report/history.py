"""What ran: publications, checks over runs, and how fast tracked runs were."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pyspark.sql import functions as F

from decantry.jobs.explore.report.contents import Check, Pace, Publication
from decantry.jobs.lake.publications import publications

if TYPE_CHECKING:
    from decantry.jobs.lake.lake import Lake

RUNS = 12
CHECKS = 400
"""The newest runs, and lines of checks, that a report has room for."""


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
    """What was expected in these runs, the newest run first, in it what failed first."""
    if not runs:
        return ()
    rows = lake.read("ops/checks").where(F.col("run_id").isin(*runs))
    order = [F.col("run_id").desc(), *map(F.col, ("success", "table", "expectation"))]
    names = ("run_id", "checked_at", "table", "expectation", "success", "severity", "observed", "threshold")
    return tuple(Check(*(row[name] for name in names)) for row in rows.orderBy(*order).limit(CHECKS).collect())


def paces(tracked: Sequence[Mapping[str, Any]]) -> tuple[Pace, ...]:
    """The paces of tracked runs that say how many documents they did and how long it took, the newest first."""
    return tuple(
        Pace(each["name"], each["run_id"], int(each["metrics"]["documents"]), each["metrics"]["seconds"])
        for each in tracked
        if each["metrics"].get("documents") and each["metrics"].get("seconds")
    )[: 2 * RUNS]
