"""Histograms: where their bins lie, and how their axes are marked."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

BINS = 40
LOGARITHMIC_ABOVE = 50.0
"""Counts of words or characters spread over powers of ten; shares and means never come this far."""


@dataclass(frozen=True)
class Range:
    """Where a histogram lies: `low` to `high`, of the value or, where it is logarithmic, of log10(value + 1)."""

    low: float
    high: float
    logarithmic: bool = False

    def place(self, value: float) -> float:
        """Where the value lies between the ends, 0 to 1; outside of that where it lies outside."""
        at = math.log10(max(value, 0) + 1) if self.logarithmic else value
        return (at - self.low) / (self.high - self.low)

    def value(self, place: float) -> float:
        """The value that lies at the place."""
        at = self.low + place * (self.high - self.low)
        return 10**at - 1 if self.logarithmic else at


@dataclass(frozen=True)
class Bars:
    """A histogram: documents in each of equal parts of the range; what lies outside is counted in the end bins."""

    range: Range
    counts: tuple[int, ...]
    median: float | None = None

    @property
    def documents(self) -> int:
        """How many documents were counted."""
        return sum(self.counts)


def range_of(low: float, high: float, thresholds: tuple[float, ...] = ()) -> Range:
    """A range for values that lie mostly between the two, with the thresholds in it that lie not far out.

    A threshold further than the width of the values beyond them is left out: it would press them into a corner.
    """
    width = high - low
    near = [t for t in thresholds if low - max(width, abs(low)) <= t <= high + max(width, abs(high))]
    low, high = min([low, *near]), max([high, *near])
    if low >= 0 and high > LOGARITHMIC_ABOVE:
        low, high = math.log10(low + 1), math.log10(high + 1)
        return Range(low, high if high > low else low + 1, logarithmic=True)
    margin = (high - low) * 0.03 or 0.5
    return Range(0.0 if 0 <= low < margin else low, high + margin)


def bars(range_: Range, counts: Mapping[int, int], median: float | None = None) -> Bars:
    """The bars of the counts by number of bin."""
    return Bars(range_, tuple(counts.get(number, 0) for number in range(BINS)), median)


def ticks(range_: Range, most: int = 5) -> list[float]:
    """Round values within the range, at most `most` of them, rising."""
    if range_.logarithmic:
        powers = [0.0, *(float(10**k) for k in range(1, 13))]
        found = [value for value in powers if 0 <= range_.place(value) <= 1]
        if len(found) < 2:
            found = [m * 10**k for k in range(13) for m in (1.0, 2.0, 5.0) if 0 <= range_.place(m * 10**k) <= 1]
        return found[:: max(1, math.ceil(len(found) / most))]
    raw = (range_.high - range_.low) / most
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(power * m for m in (1, 2, 5, 10) if power * m >= raw)
    first = math.ceil(range_.low / step)
    return [round(n * step, 12) for n in range(first, first + most + 1) if n * step <= range_.high]
