"""Lists the filters to fit: the measurements whose threshold depends on the language."""

from __future__ import annotations

from dataclasses import dataclass

from decantry.jobs.explore.fit.methods import Side
from decantry.jobs.steps.fineweb_quality import FineWebQuality
from decantry.jobs.steps.gopher_quality import GopherQuality
from decantry.jobs.steps.gopher_repetition import GopherRepetition


@dataclass(frozen=True)
class Filter:
    """A measurement of a step, the option that is its threshold, and the option's English value."""

    step: str
    option: str
    measurement: str
    side: Side
    english: float


def filters() -> tuple[Filter, ...]:
    """All filters, in the order of FineWeb2's steps. The English thresholds are the defaults of the steps."""
    where = "unread"  # rules name the option of a threshold only if the step has configurations
    steps = (
        GopherRepetition(by_language=where),
        FineWebQuality(by_language=where),
        GopherQuality(by_language=where),
    )
    return tuple(
        Filter(
            step.kind, rule.limit, rule.measurement, "above" if rule.removes_when == ">" else "below", rule.threshold
        )
        for step in steps
        for rule in step.rules()
        if rule.limit is not None and isinstance(rule.threshold, int | float)
    )
