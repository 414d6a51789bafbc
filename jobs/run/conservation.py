"""The checks that the tables have what a run has read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.checks.expectation import Batch, equal_pairs
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from decantry.jobs.ingest.options import IngestReport
    from decantry.jobs.lake.lake import Lake


def conservation(lake: Lake, report: IngestReport) -> list[Batch]:
    """The checks that the tables have the rows that this run counted; none if it read no file."""
    if report.archives == report.already_done:
        return []
    mine = F.col("run_id") == lake.run_id
    counted = lake.read("silver/documents").where(F.col("crawl").isin(*report.crawls) & mine).count()
    rejects = lake.read("silver/rejects").where(mine & (F.col("stage") != "archive")).count()
    rows = {
        "documents": [report.documents],
        "documents_there": [counted],
        "rejects": [report.rejects],
        "rejects_there": [rejects],
        "records": [report.records],
        "accounted_for": [report.documents + report.rejects + sum(report.skipped.values())],
    }
    return [Batch("ops/inputs", "this run", rows, equal_pairs(*rows))]
