"""What the tracker logs for an ingest and a curate."""

from __future__ import annotations

import json
from importlib.metadata import version
from typing import TYPE_CHECKING

from decantry.jobs.checks import alarm
from decantry.jobs.dedup import s_curve
from decantry.jobs.recipe.hash import describe
from decantry.jobs.steps.near_duplicates import NearDuplicates
from decantry.jobs.tracking.funnel_figure import funnel_svg

if TYPE_CHECKING:
    from decantry.jobs.checks.alarm import Watched
    from decantry.jobs.checks.expectation import CheckResult
    from decantry.jobs.curate.report import CurateReport
    from decantry.jobs.ingest.extract import ExtractReport
    from decantry.jobs.ingest.options import IngestReport
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.tracking.tracker import Tracker


def ingested(tracker: Tracker, lake: Lake, report: IngestReport) -> None:
    """Log the figures of an ingest, and the version of the documents table."""
    names = ("archives", "already_done", "damaged", "empty", "failed", "records", "documents", "rejects", "seconds")
    figures = {name: float(getattr(report, name)) for name in names}
    if report.seconds > 0:
        figures["documents_per_second"] = report.documents / report.seconds
    tracker.params({"crawls": ", ".join(report.crawls), **_versions(lake)})
    tracker.metrics(figures)
    _dataset(tracker, lake, "silver/documents", "output")


def extracted(tracker: Tracker, lake: Lake, report: ExtractReport) -> None:
    """Log the figures of an extract, and the version of the documents table."""
    tracker.params({"extractor": report.extractor, **_versions(lake)})
    names = ("already_done", "documents", "rejects", "seconds")
    tracker.metrics({name: float(getattr(report, name)) for name in names})
    _dataset(tracker, lake, "silver/documents", "output")


def curated(tracker: Tracker, lake: Lake, report: CurateReport) -> None:
    """Log the recipe, the funnel as figures, table and picture, and the versions of the tables."""
    tracker.params({"recipe": report.recipe.recipe, "recipe_hash": report.recipe_hash, **_versions(lake)})
    tracker.text(json.dumps([describe(step) for step in report.recipe.steps], indent=1), "recipe.json")
    steps = report.funnel
    documents = sum(part.documents for part in report.published)
    kept = sum(part.kept for part in report.published)
    figures = {"documents": documents, "kept": kept, "seconds": report.seconds}
    if documents:
        figures["kept_share"] = kept / documents
        figures["documents_per_second"] = documents / report.seconds
    tracker.metrics(figures | {f"removed.{name}": n for name, n in report.counts.items() if name})
    tracker.metrics({f"uncompared.{name}": n for name, n in report.uncompared.items()})
    rows = [(s.step, s.seen, s.removed, rule, n) for s in steps for rule, n in (s.rules or {"": 0}).items()]
    names = ("step", "seen", "removed", "rule", "count")
    tracker.table({name: [row[at] for row in rows] for at, name in enumerate(names)}, "funnel.json")
    tracker.text(funnel_svg(steps), "funnel.svg")
    each = [(name, by or "kept", n) for name, counts in report.languages.items() for by, n in counts.items()]
    if each:
        told = zip(("language", "fate", "documents"), zip(*each, strict=True), strict=True)
        tracker.table({name: list(values) for name, values in told}, "languages.json")
    near = [step for step in report.recipe.steps if isinstance(step, NearDuplicates)]
    if near:
        tracker.text(s_curve.svg(near), "s_curve.svg")
    _dataset(tracker, lake, "silver/documents", "input")
    if report.published:
        _dataset(tracker, lake, report.recipe.corpus().name, "output")


def checked(tracker: Tracker, results: list[CheckResult]) -> None:
    """Log how many expectations held."""
    held = sum(result.success for result in results)
    tracker.metrics({"checks": len(results), "checks_failed": len(results) - held})


def alarmed(tracker: Tracker, watched: Watched) -> None:
    """Log how many alarms there are, and all of them as a table that names no documents."""
    columns = alarm.columns(watched)
    count = len(columns["name"])
    tracker.metrics({"alarms": count + watched.more})
    if count:
        tracker.table(columns, "alarms.json")


def _versions(lake: Lake) -> dict[str, str]:
    """What ran: the run's id, and the versions of the code and of the libraries that it uses."""
    names = ("pyspark", "fastwarc", "resiliparse")
    return {"run_id": lake.run_id, **(lake.about or {}), **{name: version(name) for name in names}}


def _dataset(tracker: Tracker, lake: Lake, name: str, context: str) -> None:
    tracker.dataset(lake.path(name), name, lake.version(name), context)
