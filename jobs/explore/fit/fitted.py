"""Fits the configuration of one language to the measurements of its documents."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from decantry.jobs.explore.fit.filters import Filter
from decantry.jobs.explore.fit.methods import Method, Undetermined, rounded, threshold
from decantry.jobs.steps.configuration import Configuration

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Values = NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """A filter's threshold in the language, its method, and the values that it was computed from.

    If the method gave no threshold, the English threshold is used and `note` says why.
    """

    filter: Filter
    method: Method
    threshold: float
    values: Values
    note: str | None = None


@dataclass(frozen=True)
class Fitted:
    """A language: its score threshold, the scores, the thresholds of its filters, and its stop words.

    `scores` has all sampled documents; the filters are fitted to the `documents` that the score threshold keeps.
    """

    language: str
    documents: int
    score: float
    scores: Values
    fits: tuple[Fit, ...]
    stop_words: tuple[str, ...]

    def configuration(self) -> Configuration:
        """The configuration, under the published names of its keys."""
        by_option = {fit.filter.option: fit.threshold for fit in self.fits}
        content: dict[str, Any] = {
            "language_score": self.score,
            "dup_line_frac": by_option["dup_line_frac"],
            "top_n_grams": tuple((n, by_option[f"top_{n}_gram"]) for n in range(2, 5)),
            "dup_n_grams": tuple((n, by_option[f"duplicated_{n}_n_grams"]) for n in range(5, 11)),
            "line_punct_thr": by_option["min_line_punct_ratio"],
            "new_line_ratio": by_option["max_list_ratio"],
            "min_avg_word_length": by_option["min_mean_word_length"],
            "max_avg_word_length": by_option["max_mean_word_length"],
            "max_non_alpha_words_ratio": by_option["min_alpha_word_ratio"],
            "stopwords": self.stop_words,
        }
        return Configuration(**content)


def fits(
    filters: Sequence[Filter],
    methods: Mapping[str, Method],
    measured: Mapping[str, Values],
    reference: Mapping[str, Values] | None,
) -> tuple[Fit, ...]:
    """The thresholds of the filters, each by the method of its option. `values` are by measurement.

    `reference` has the English values. Without them, only `english` and `10-tail` give a threshold; all other methods
    fall back to the English threshold.
    """
    return tuple(_fit(each, methods[each.option], measured, reference) for each in filters)


def _fit(
    filter_: Filter, method: Method, measured: Mapping[str, Values], reference: Mapping[str, Values] | None
) -> Fit:
    values = measured[filter_.measurement]
    english = filter_.english
    try:
        if reference is None and method not in ("english", "10-tail"):
            raise Undetermined("there are too few English documents")
        others = values if reference is None else reference[filter_.measurement]
        found = rounded(filter_.side, threshold(method, filter_.side, english, values, others))
        if filter_.side == "above" and found <= 0:
            raise Undetermined(f"{method} gives {found:g}, which would remove every document above 0")
    except Undetermined as error:
        return Fit(filter_, method, english, values, note=str(error))
    return Fit(filter_, method, max(0.0, found), values)
