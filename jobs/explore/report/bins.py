"""Histograms: the ranges of their bins, and the marks of their axes."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

BINS = 40
MOST_TICKS = 5
LOGARITHMIC_ABOVE = 50.0
"""The axis is logarithmic if values exceed this. Counts of words or characters do, shares and means do not."""


@dataclass(frozen=True)
class Range:
    """The range of a histogram: `low` to `high`, of the value or, if it is logarithmic, of log10(value + 1)."""

    low: float
    high: float
    logarithmic: bool = False

    def place(self, value: float) -> float:
        """The value's position in the range: 0 at the low end, 1 at the high end, below 0 or above 1 outside of it."""
        at = math.log10(max(value, 0) + 1) if self.logarithmic else value
        return (at - self.low) / (self.high - self.low)

    def value(self, place: float) -> float:
        """The value at this position."""
        at = self.low + place * (self.high - self.low)
        return 10**at - 1 if self.logarithmic else at


@dataclass(frozen=True)
class Bars:
    """A histogram: the number of documents in each bin, and of those that a rule removes.

    Values outside of the range are counted in the end bins.
    """

    range: Range
    counts: tuple[int, ...]
    median: float | None = None
    removed: tuple[int, ...] = (0,) * BINS

    @property
    def documents(self) -> int:
        """The number of documents."""
        return sum(self.counts)


def range_of(low: float, high: float, thresholds: tuple[float, ...] = ()) -> Range:
    """A range for values that are mostly between `low` and `high`, extended to include thresholds near it.

    A threshold that is farther away than the width of the values is left out, because it would squeeze the bars.
    """
    width = high - low
    near = [t for t in thresholds if low - max(width, abs(low)) <= t <= high + max(width, abs(high))]
    low, high = min([low, *near]), max([high, *near])
    if low >= 0 and high > LOGARITHMIC_ABOVE:
        low, high = math.log10(low + 1), math.log10(high + 1)
        return Range(low, high if high > low else low + 1, logarithmic=True)
    margin = (high - low) * 0.03 or 0.5
    return Range(0.0 if 0 <= low < margin else low, high + margin)


def bars(
    range_: Range, counts: Mapping[int, int], median: float | None = None, removed: Mapping[int, int] | None = None
) -> Bars:
    """The histogram for counts by the index of the bin. `removed` counts those documents that a rule removes."""
    of_each, of_removed = (tuple(found.get(number, 0) for number in range(BINS)) for found in (counts, removed or {}))
    return Bars(range_, of_each, median, of_removed)


def ticks(range_: Range) -> list[float]:
    """Up to MOST_TICKS round values within the range, in ascending order."""
    if range_.logarithmic:
        powers = [0.0, *(float(10**k) for k in range(1, 13))]
        found = [value for value in powers if 0 <= range_.place(value) <= 1]
        if len(found) < 2:
            found = [m * 10**k for k in range(13) for m in (1.0, 2.0, 5.0) if 0 <= range_.place(m * 10**k) <= 1]
        return found[:: max(1, math.ceil(len(found) / MOST_TICKS))]
    raw = (range_.high - range_.low) / MOST_TICKS
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= raw)
    first = math.ceil(range_.low / step)
    return [round(n * step, 12) for n in range(first, first + MOST_TICKS + 1) if n * step <= range_.high]
