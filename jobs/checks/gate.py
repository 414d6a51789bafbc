"""The gate before a publish: expectations tried, results written down, a failed error stops it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyspark.sql import functions as F

from decantry.jobs.checks.derive import metrics, sample
from decantry.jobs.checks.validate import validate
from decantry.jobs.lake.address import is_local
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.process.errors import CheckFailed
from decantry.schemas import checks

if TYPE_CHECKING:
    from decantry.jobs.checks.expectation import Batch, CheckResult
    from decantry.jobs.checks.judgement import Judgement
    from decantry.jobs.lake.lake import Lake

SAMPLE_ROWS = 500
SAMPLE_TEXT = 200
"""Code points of a text that a sample shows."""


def gate(
    lake: Lake,
    judgement: Judgement,
    tell: Callable[[str], None] = lambda line: None,
    *,
    published: bool = False,
    also: Sequence[Batch] = (),
) -> list[CheckResult]:
    """Check a judgement, and what is `also` expected, before it is published; see `settle`.

    `published` says that it is looked at again after that.
    """
    batches = [*metrics(judgement.recipe, judgement.parts), sample(judgement.recipe, _sample_rows(judgement))]
    return settle(lake, [*also, *batches], tell, "of what is published" if published else "and nothing was published")


def settle(lake: Lake, batches: Sequence[Batch], tell: Callable[[str], None], so: str) -> list[CheckResult]:
    """Try the batches' expectations and write the results into ops/checks and the data docs.

    Returns all results; warnings that failed are told. Raises CheckFailed, naming the first and saying `so`, when an
    error failed.
    """
    results = validate(batches, Path(lake.path("ops/data_docs")) if is_local(lake.root) else None)
    record(lake, results)
    for result in results:
        if not result.success and result.severity == "warning":
            tell(f"warning: {describe(result)}")
    failed = [result for result in results if not result.success and result.severity == "error"]
    if failed:
        more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
        raise CheckFailed(f"a check failed {so}: {describe(failed[0])}{more}")
    return results


def record(lake: Lake, results: Sequence[CheckResult]) -> None:
    """Append the results to ops/checks under the lake's run."""
    now = datetime.now(timezone.utc)
    rows = [
        (lake.run_id, r.table, r.expectation, r.success, r.severity, r.observed, r.threshold, now)
        for r in {(r.table, r.expectation): r for r in sorted(results, key=lambda r: not r.success)}.values()
    ]
    lake.append(checks.TABLE.name, few_rows(lake.spark, checks.TABLE, rows))


def describe(result: CheckResult) -> str:
    """A result in words."""
    return f"{result.expectation} of {result.table}: saw {result.observed}, allowed {result.threshold}"


def _sample_rows(judgement: Judgement) -> dict[str, list[Any]]:
    """At most SAMPLE_ROWS kept rows, their texts cut short: all that is ever brought to the driver."""
    names = judgement.recipe.corpus().column_names
    short = F.left("text", F.lit(SAMPLE_TEXT)).alias("text")
    kept = judgement.outcomes.where("removed_by IS NULL").limit(SAMPLE_ROWS)
    rows = kept.select(*(short if name == "text" else name for name in names)).collect()
    return {name: [row[name] for row in rows] for name in names}
