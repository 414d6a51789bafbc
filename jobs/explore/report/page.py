"""Writes the report as one HTML page that needs no network and runs only its own script."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from decantry.jobs.checks.alarm import LOST, SHARED
from decantry.jobs.explore.report import shapes
from decantry.jobs.explore.report.render import rendered

if TYPE_CHECKING:
    from decantry.jobs.explore.report.contents import Check, Contents


def page(contents: Contents) -> str:
    """The HTML page of the report."""
    fates = [(fate, list(few)) for fate, few in groupby(contents.samples, key=lambda each: each.removed_by)]
    removed = {f"{step.step}.{rule.name}": (rule.removed, rule.when) for step in contents.flow for rule in step.rules}
    runs = [(run, list(each)) for run, each in groupby(contents.checks, key=lambda check: check.run_id)]
    raised = [check for check in contents.checks if _is_alarm(check, contents.publications[0].run_id)]
    return rendered(
        "page.html",
        scripted=True,
        c=contents,
        bands=shapes.bands(contents.flow),
        fates=fates,
        removed=removed,
        raised=raised,
        runs=runs,
        steps=[(step, list(each)) for step, each in groupby(contents.measures, key=lambda m: m.step)],
    )


def _is_alarm(check: Check, run: str) -> bool:
    """Whether the check is an alarm that this run raised before it published."""
    return check.run_id == run and not check.success and check.expectation.startswith((f"{LOST}(", f"{SHARED}("))
