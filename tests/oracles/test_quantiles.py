"""The oracle of quantiles: properties of every answer, and the published arithmetic on a few numbers."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from tests.oracles.quantiles import buckets, kept

VALUES = st.one_of(st.sampled_from([0.0, 0.25, 0.5, 1.0]), st.floats(-5, 5))
ROWS = st.lists(st.tuples(VALUES, st.integers(0, 50)), min_size=1, max_size=30)


@given(ROWS, st.sampled_from(["0.1", "0.07", "0.5", "0.9"]))
def test_the_kept_rows_reach_the_share_only_with_their_last_row(rows: list[tuple[float, int]], share: str) -> None:
    named = [(f"{at:02}", value, weight) for at, (value, weight) in enumerate(rows)]
    found = kept(named, share)
    order = sorted(named, key=lambda row: (-row[1], row[0]))
    assert found == {id_ for id_, _, _ in order[: len(found)]}
    percent, whole = round(float(share) * 100), sum(weight for _, _, weight in named)
    mine = [weight for id_, _, weight in order if id_ in found]
    assert 100 * sum(mine) >= percent * whole
    assert whole == 0 or 100 * sum(mine[:-1]) < percent * whole


@given(ROWS, st.sampled_from([20, 40, 100]))
def test_buckets_rise_with_values_and_none_is_heavier_than_its_part_and_one_value(
    rows: list[tuple[float, int]], count: int
) -> None:
    found = buckets(rows, count)
    whole = sum(weight for _, weight in rows)
    for value, bucket in zip((value for value, _ in rows), found, strict=True):
        upto = sum(weight for other, weight in rows if other <= value)
        assert bucket == (min(count - 1, count * upto // whole) if whole else 0)
    ordered = sorted(zip([value for value, _ in rows], found, strict=True))
    assert [bucket for _, bucket in ordered] == sorted(found)


@given(st.lists(st.tuples(st.sampled_from([x / 8 for x in range(9)]), st.integers(1, 64)), min_size=1, max_size=40))
def test_buckets_are_the_published_ones_where_floats_are_exact(rows: list[tuple[float, int]]) -> None:
    """Weighted percentiles by the inverted distribution function, then `numpy.digitize`; a power of two in all."""
    rows = [*rows, (1.0, 4096 - sum(weight for _, weight in rows))]
    values, weights = (np.array(each) for each in zip(*rows, strict=True))
    order = np.argsort(values, kind="stable")
    upto = np.cumsum(weights[order]) / weights.sum()
    cuts = [values[order][np.searchsorted(upto, i / 16)] for i in range(1, 16)]
    assert buckets(rows, 16) == list(np.digitize(values, cuts))


def test_a_constant_column_is_in_the_last_bucket_and_one_that_weighs_nothing_in_the_first() -> None:
    assert buckets([(0.5, 3), (0.5, 9)], 20) == [19, 19]
    assert buckets([(0.5, 0), (0.9, 0)], 20) == [0, 0]


def test_the_row_that_crosses_the_share_is_kept() -> None:
    assert kept([("a", 0.9, 10), ("b", 0.8, 10), ("c", 0.8, 10), ("d", 0.1, 70)], "0.15") == {"a", "b"}
    assert kept([("a", 0.9, 10), ("b", 0.8, 10), ("c", 0.8, 10), ("d", 0.1, 70)], "0.2") == {"a", "b"}
    assert kept([("a", 0.9, 0)], "0.2") == set()
