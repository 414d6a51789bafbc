"""Estimates from samples, with margins that hold."""

from __future__ import annotations

import math
import random

from decantry.jobs.explore.preview.estimate import Estimate, Sampling, Summed


def test_all_that_was_looked_at_is_exact() -> None:
    assert Sampling(40, 40).estimate(Summed(exact=3, sampled=4, squares=4)) == Estimate(7)
    assert Sampling(0, 0).estimate(Summed(exact=3)) == Estimate(3)


def test_a_sample_stands_for_all() -> None:
    found = Sampling(10_000, 100).estimate(Summed(exact=5, sampled=20, squares=20))
    assert found.value == 2_005
    assert math.isclose(found.margin, 1.96 * 10_000 * math.sqrt(0.2 * 0.8 / 100 * 0.99))


def test_none_in_a_sample_may_be_some_of_all() -> None:
    assert Sampling(10_000, 100).estimate(Summed()) == Estimate(0, 300)
    assert Sampling(10_000, 100).estimate(Summed(), largest=7) == Estimate(0, 2_100)
    assert Sampling(10_000, 0).estimate(Summed()) == Estimate(0, math.inf)


def test_all_of_a_sample_may_be_fewer_than_all() -> None:
    assert Sampling(1_000_000, 2_000).estimate(Summed(sampled=2_000, squares=2_000)) == Estimate(1_000_000, 1_500)
    sevens = Sampling(10_000, 100).estimate(Summed(exact=5, sampled=700, squares=4_900), largest=7)
    assert sevens == Estimate(70_005, 2_100)


def test_the_margin_holds_about_95_times_of_100() -> None:
    draw = random.Random(4)
    sizes = [draw.expovariate(1 / 500) if draw.random() < 0.3 else 0.0 for _ in range(5_000)]
    held = 0
    for _ in range(400):
        seen = draw.sample(sizes, 500)
        summed = Summed(sampled=sum(seen), squares=sum(size * size for size in seen))
        found = Sampling(len(sizes), len(seen)).estimate(summed)
        held += abs(found.value - sum(sizes)) <= found.margin
    assert 360 <= held <= 396
