"""Predictive strength compared with its oracle."""

from __future__ import annotations

import math

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from decantry.jobs.models.strength import concordant, judged, pairs
from tests.oracles import strength

RANKING = {"7b": 75.38, "2-7b": 76.30, "13b": 77.27, "2-13b": 79.46, "30b": 80.47, "65b": 81.19}
"""PreSelect's models, by the average of their benchmarks."""
BITS = st.one_of(st.sampled_from([0.5, 0.6, 0.7]), st.floats(0.1, 2), st.sampled_from([math.nan, math.inf]))


@given(
    st.lists(st.sampled_from([60.0, 70.0, 70.5, 80.0]), min_size=2, max_size=6),
    st.lists(st.lists(BITS, min_size=6, max_size=6), min_size=1, max_size=12),
)
def test_counts_and_choices_are_the_oracles(scores: list[float], texts: list[list[float]]) -> None:
    ranking = {f"m{at}": score for at, score in enumerate(scores)}
    bits = {model: np.array([text[at] for text in texts]) for at, model in enumerate(ranking)}
    wanted = [strength.score(dict(zip(ranking, text, strict=False)), ranking) for text in texts]
    found = concordant(bits, ranking)
    assert [None if count < 0 else count for count in found] == wanted
    good, bad = judged(found, len(pairs(ranking)))
    assert ([*good], [*bad]) == strength.chosen(wanted, len(pairs(ranking)))


def test_presumed_order_of_six_models_is_fifteen_pairs() -> None:
    assert len(pairs(RANKING)) == 15
    falling = {model: np.array([1 - at / 10, at / 10]) for at, model in enumerate(RANKING)}
    assert concordant(falling, RANKING).tolist() == [15, 0]


def test_models_with_equal_benchmark_scores_are_no_pair() -> None:
    assert pairs({"a": 1.0, "b": 1.0, "c": 2.0}) == [("c", "a"), ("c", "b")]


def test_more_good_texts_than_others() -> None:
    assert [part.tolist() for part in judged([3, 3, 3, 1, -1, 0], 3)] == [[0, 1, 2], [3, 5]]
