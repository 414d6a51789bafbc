"""The gate before a publication: it evaluates checks, writes the results, and stops the run if an error failed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decantry.jobs.checks import alarm
from decantry.jobs.checks.derive import metrics, sample
from decantry.jobs.checks.validate import validate
from decantry.jobs.lake.address import is_local
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.process.errors import CheckFailed
from decantry.jobs.process.spark import F
from decantry.schemas import checks

if TYPE_CHECKING:
    from decantry.jobs.checks.expectation import Batch, CheckResult
    from decantry.jobs.checks.judgement import Judgement
    from decantry.jobs.lake.lake import Lake

SAMPLE_ROWS = 500
SAMPLE_TEXT = 200
"""The most code points of a text in a sample."""


def gate(
    lake: Lake,
    judgement: Judgement,
    tell: Callable[[str], None] = lambda line: None,
    *,
    published: bool = False,
    also: Sequence[Batch] = (),
) -> list[CheckResult]:
    """Check a judgement, and the batches in `also`, before it is published. See `evaluate`.

    With `published`, the judgement has been published already, and is checked again.
    """
    batches = [*metrics(judgement.recipe, judgement.parts), sample(judgement.recipe, _sample_rows(judgement))]
    raised = alarm.results(judgement.recipe, judgement.watched)
    failure = "a check of the published corpus failed" if published else "a check failed and nothing was published"
    return evaluate(lake, [*also, *batches], tell, failure=failure, raised=raised)


def evaluate(
    lake: Lake,
    batches: Sequence[Batch],
    tell: Callable[[str], None],
    *,
    failure: str = "a check failed",
    raised: Sequence[CheckResult] = (),
) -> list[CheckResult]:
    """Evaluate the batches' expectations and write the results into ops/checks and the data docs.

    `raised` are results of alarms, which need no evaluation. Returns all results, and prints failed warnings. Raises
    CheckFailed if a check of severity error failed. `failure` begins its message, and the first failed check follows.
    """
    results = validate(batches, Path(lake.path("ops/data_docs")) if is_local(lake.root) else None)
    results += raised
    record(lake, results)
    for result in results:
        if not result.success and result.severity == "warning":
            tell(f"warning: {describe(result)}")
    failed = [result for result in results if not result.success and result.severity == "error"]
    if failed:
        more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
        raise CheckFailed(f"{failure}: {describe(failed[0])}{more}")
    return results


def record(lake: Lake, results: Sequence[CheckResult]) -> None:
    """Append the results to ops/checks, with the lake's run id and without their examples."""
    now = datetime.now(timezone.utc)
    rows = [
        (lake.run_id, r.table, r.expectation, r.success, r.severity, r.observed, r.threshold, now)
        for r in {(r.table, r.expectation): r for r in sorted(results, key=lambda r: not r.success)}.values()
    ]
    lake.append(checks.TABLE.name, few_rows(lake.spark, checks.TABLE, rows))


def describe(result: CheckResult) -> str:
    """The result in words, with its examples."""
    examples = f", such as {result.examples}" if result.examples else ""
    return f"{result.expectation} of {result.table}: saw {result.observed}{examples}, allowed {result.threshold}"


def _sample_rows(judgement: Judgement) -> dict[str, list[Any]]:
    """At most SAMPLE_ROWS kept rows with shortened texts. No other rows are brought to the driver."""
    names = judgement.recipe.corpus().column_names
    short = F.left("text", F.lit(SAMPLE_TEXT)).alias("text")
    kept = judgement.outcomes.where("removed_by IS NULL").limit(SAMPLE_ROWS)
    rows = kept.select(*(short if name == "text" else name for name in names)).collect()
    return {name: [row[name] for row in rows] for name in names}
