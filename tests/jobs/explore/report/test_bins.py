from __future__ import annotations

import pytest

from decantry.jobs.explore.report.bins import Bars, Range, bars, range_of, ticks


def test_shares_are_linear_and_begin_at_nothing() -> None:
    found = range_of(0.0, 0.4, (0.2,))
    assert (found.low, found.logarithmic) == (0.0, False)
    assert found.high == pytest.approx(0.412)
    assert found.place(0.206) == pytest.approx(0.5)


def test_counts_are_logarithmic() -> None:
    found = range_of(9, 999, (50,))
    assert found.logarithmic
    assert (found.low, found.high) == (1.0, 3.0)
    assert found.place(99) == pytest.approx(0.5)
    assert found.value(0.5) == pytest.approx(99)


def test_the_range_includes_near_thresholds_and_not_far_ones() -> None:
    assert range_of(0.0, 0.1, (0.15,)).high > 0.15
    assert range_of(4.0, 6.0, (3.0, 10.0)).high > 10
    assert range_of(10, 2_000, (100_000,)).high < 4


def test_values_that_are_all_equal_have_a_range() -> None:
    for value in (0.0, 1.0, 700.0, -3.0):
        found = range_of(value, value)
        assert 0 <= found.place(value) <= 1


def test_bars_have_every_bin() -> None:
    found = bars(Range(0, 1), {0: 3, 39: 2}, removed={39: 1})
    assert found == Bars(Range(0, 1), (3, *[0] * 38, 2), None, (*[0] * 39, 1))
    assert found.documents == 5


@pytest.mark.parametrize(
    ("range_", "wanted"),
    [
        (Range(0, 1), [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        (Range(-2, 7.9), [-2, 0, 2, 4, 6]),
        (Range(0, 4, logarithmic=True), [0.0, 10.0, 100.0, 1000.0]),
        (Range(2.4, 2.7, logarithmic=True), [500.0]),
    ],
)
def test_ticks_are_round(range_: Range, wanted: list[float]) -> None:
    assert ticks(range_) == wanted
