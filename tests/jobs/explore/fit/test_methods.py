"""Each method finds the threshold that was planted in the values."""

from __future__ import annotations

import numpy as np
import pytest

from decantry.jobs.explore.fit.methods import METHODS, Undetermined, rounded, score_threshold, threshold

RANDOM = np.random.default_rng(1)
ENGLISH = RANDOM.normal(5.0, 0.5, 20_000)
"""Values like mean word lengths of English. The English threshold of 6 is two deviations above the mean."""


def test_the_least_score_is_the_median_less_the_deviation_within_its_bounds() -> None:
    assert score_threshold(np.array([0.6, 0.8, 1.0])) == 0.636  # 0.8 - 0.1633, and down
    assert score_threshold(np.array([0.99, 1.0, 1.0])) == 0.9
    assert score_threshold(np.array([0.0, 0.1, 0.9, 1.0] * 3 + [0.2])) == 0.3
    assert score_threshold(np.array([0.5])) == 0.5


def test_a_threshold_is_rounded_to_the_side_that_keeps() -> None:
    assert rounded("above", 1 / 12) == 0.084
    assert rounded("below", 1 / 12) == 0.083
    assert rounded("above", 0.3) == rounded("below", 0.3) == 0.3
    assert rounded("above", 0.1 + 0.2) == rounded("below", 0.1 * 3) == 0.3


def test_the_english_threshold_stays() -> None:
    assert threshold("english", "above", 6.0, np.array([1.0, 2.0]), ENGLISH) == 6.0


def test_mean_std_finds_the_threshold_at_the_planted_deviation() -> None:
    german = RANDOM.normal(7.0, 1.5, 20_000)
    assert threshold("mean-std", "above", 6.0, german, ENGLISH) == pytest.approx(7.0 + 2 * 1.5, abs=0.1)
    assert threshold("mean-std", "below", 4.0, german, ENGLISH) == pytest.approx(7.0 - 2 * 1.5, abs=0.1)
    scaled = 3 * ENGLISH + 1  # exact for values that are the English ones on another scale
    assert threshold("mean-std", "above", 6.0, scaled, ENGLISH) == pytest.approx(19.0)


def test_quantile_cuts_the_planted_share() -> None:
    english, german = np.arange(100) / 100, np.arange(1000) * 10.0
    assert np.mean(english > 0.894) == 0.1
    found = threshold("quantile", "above", 0.894, german, english)
    assert np.mean(german > found) == pytest.approx(0.1, abs=0.002)
    assert np.mean(english < 0.205) == 0.21
    found = threshold("quantile", "below", 0.205, german, english)
    assert np.mean(german < found) == pytest.approx(0.21, abs=0.002)


def test_quantile_of_a_threshold_that_cuts_nothing_cuts_nothing() -> None:
    assert threshold("quantile", "above", 9.0, np.array([1.0, 4.0]), np.array([1.0, 2.0])) == 4.0
    assert threshold("quantile", "below", 0.0, np.array([1.0, 4.0]), np.array([1.0, 2.0])) == 1.0


def test_10_tail_cuts_a_tenth_of_the_side_that_is_removed() -> None:
    values = np.arange(1001) / 1000
    assert threshold("10-tail", "above", 0.2, values, ENGLISH) == pytest.approx(0.9)
    assert threshold("10-tail", "below", 0.2, values, ENGLISH) == pytest.approx(0.1)


def test_median_ratio_keeps_the_planted_ratio() -> None:
    english, german = np.array([1.0, 2.0, 30.0]), np.array([0.0, 5.0, 6.0])
    assert threshold("median-ratio", "above", 3.0, german, english) == pytest.approx(3.0 * 5.0 / 2.0)


def test_methods_without_an_answer_say_why() -> None:
    alike, values = np.zeros(10), np.arange(10.0)
    with pytest.raises(Undetermined, match="all English documents have the same value"):
        threshold("mean-std", "above", 0.3, values, alike)
    with pytest.raises(Undetermined, match="the English median is 0"):
        threshold("median-ratio", "above", 0.3, values, alike)


def test_the_methods_are_the_five_published_ones() -> None:
    assert METHODS == ("english", "mean-std", "quantile", "10-tail", "median-ratio")
