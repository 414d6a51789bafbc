"""The geometry of charts: positions of bars, thresholds, marks and bands, which the templates draw."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.explore.report.bins import BINS, Bars, ticks
from decantry.jobs.explore.report.shown import short

if TYPE_CHECKING:
    from decantry.jobs.explore.report.contents import Measured, StepLoss, Threshold

WIDTH, HEIGHT = 400.0, 72.0
LEAST_BARS = 3
EDGE = 12.0
"""A share of the width. If a mark is nearer to an end than this, its text is on its other side."""


@dataclass(frozen=True)
class Bar:
    """A bar, in the units of the chart. `removed` is the height of its part that a rule removes."""

    x: float
    y: float
    width: float
    height: float
    removed: float
    about: str


@dataclass(frozen=True)
class Mark:
    """A position on the axis, and its text. `anchor` aligns the text."""

    x: float
    text: str
    anchor: str


@dataclass(frozen=True)
class Chart:
    """A histogram with its thresholds and its axis."""

    bars: tuple[Bar, ...]
    thresholds: tuple[Mark, ...]
    ticks: tuple[Mark, ...]


def chart(bars: Bars, thresholds: Sequence[Threshold] = ()) -> Chart:
    """The histogram. Heights are square roots of counts. Thresholds outside of the range are not drawn."""
    most = max(bars.counts, default=0) or 1
    step = WIDTH / BINS
    drawn = []
    for number, n in enumerate(bars.counts):
        if not n:
            continue
        low, high = bars.range.value(number / BINS), bars.range.value((number + 1) / BINS)
        height = max(1.0, HEIGHT * math.sqrt(n / most))
        about = f"{short(low)} to {short(high)}: {n:,}"
        removed = bars.removed[number]
        if 0 < removed < n:
            about = f"{about}, {removed:,} of them removed"
        drawn.append(Bar(number * step + 0.5, HEIGHT - height, step - 1, height, height * removed / n, about))
    lines = [(bars.range.place(each.value) * WIDTH, each) for each in thresholds]
    return Chart(
        tuple(drawn),
        tuple(Mark(x, short(each.value), _outside(each, x)) for x, each in lines if 0 <= x <= WIDTH),
        tuple(
            Mark(x, short(at), "start" if x < EDGE else "end" if x > WIDTH - EDGE else "middle")
            for at in ticks(bars.range)
            for x in [bars.range.place(at) * WIDTH]
        ),
    )


def outline(bars: Bars) -> str:
    """The histogram as one SVG path, from 0 to 100 in both directions. Heights are square roots of counts."""
    most = max(bars.counts, default=0) or 1
    step = 100 / BINS
    tops = (f"V{100 - 100 * math.sqrt(n / most):.1f}H{(number + 1) * step:g}" for number, n in enumerate(bars.counts))
    return "M0 100" + "".join(tops) + "V100Z"


def spread(measured: Measured) -> bool:
    """Whether the measurement varies among the documents that reached the step, so that a chart is useful."""
    return sum(1 for n in measured.reached.counts if n) >= LEAST_BARS


def bands(flow: Sequence[StepLoss]) -> list[tuple[float, float]]:
    """For each step, the documents that reach it and that pass it, as percentages of those that reach the first."""
    first = flow[0].seen if flow and flow[0].seen else 1
    return [(100 * step.seen / first, 100 * (step.seen - step.removed) / first) for step in flow]


def _outside(threshold: Threshold, x: float) -> str:
    """The alignment of a threshold's text: on the side that is removed, unless that is too near to the end."""
    if x < 4 * EDGE:
        return "start"
    if x > WIDTH - 4 * EDGE:
        return "end"
    return "start" if threshold.removes_above else "end"
