"""Writes the page of a fit, which shows each distribution with its threshold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from decantry.jobs.explore.report.bins import BINS, Bars, bars, range_of
from decantry.jobs.explore.report.contents import Threshold
from decantry.jobs.explore.report.render import rendered

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from decantry.jobs.explore.fit.fitted import Fit, Fitted, Values
    from decantry.jobs.explore.fit.job import Outcome


MOST_SHOWN = 80
"""The most languages on the page, those with most documents, so that the page has at most 10 MB."""


@dataclass(frozen=True)
class Chart:
    """One measurement of one language. `removed` is the number of its documents beyond the threshold."""

    name: str
    option: str
    method: str
    bars: Bars
    threshold: Threshold
    removed: int
    english: float | None
    note: str | None


@dataclass(frozen=True)
class Section:
    """The charts of one language."""

    language: str
    sampled: int
    documents: int
    charts: tuple[Chart, ...]
    stop_words: tuple[str, ...]


def page(outcome: Outcome, name: str, lake: str) -> str:
    """The HTML page, which needs no network."""
    largest = sorted(outcome.fitted, key=lambda each: (-len(each.scores), each.language))[:MOST_SHOWN]
    return rendered(
        "fit.html",
        scripted=True,
        name=name,
        lake=lake,
        fitted=len(outcome.fitted),
        languages=[_section(each) for each in sorted(largest, key=lambda each: each.language)],
        skipped=outcome.skipped,
        english=outcome.english,
    )


def _section(fitted: Fitted) -> Section:
    score = _chart(
        "language_score", "language_score", "median - deviation", "<", fitted.score, fitted.scores, None, None
    )
    charts = (score, *(_of_fit(fit) for fit in fitted.fits))
    return Section(fitted.language, len(fitted.scores), fitted.documents, charts, fitted.stop_words)


def _of_fit(fit: Fit) -> Chart:
    each = fit.filter
    sign = ">" if each.side == "above" else "<"
    method = fit.method if fit.note is None else "english"
    return _chart(each.measurement, each.option, method, sign, fit.threshold, fit.values, each.english, fit.note)


def _chart(
    name: str,
    option: str,
    method: str,
    sign: str,
    threshold: float,
    values: Values,
    english: float | None,
    note: str | None,
) -> Chart:
    removed = values > threshold if sign == ">" else values < threshold
    drawn = histogram(values, threshold, removed)
    return Chart(name, option, method, drawn, Threshold(option, sign, threshold), int(np.sum(removed)), english, note)


def histogram(values: Values, threshold: float, removed: NDArray[np.bool_]) -> Bars:
    """The histogram of the values and of those that are removed. Its range includes the threshold if that is near."""
    if not len(values):
        return bars(range_of(0.0, 1.0), {})
    low, high = (float(each) for each in np.quantile(values, [0.005, 0.995]))
    range_ = range_of(low, high, (threshold,))
    places = np.array([range_.place(float(value)) for value in values])
    bins = np.clip((places * BINS).astype(int), 0, BINS - 1)
    return bars(range_, Counter(bins.tolist()), float(np.median(values)), Counter(bins[removed].tolist()))
