from __future__ import annotations

import random

import numpy as np
import pytest

from decantry.jobs.models.calibration import calibration, error
from decantry.jobs.models.families import families
from decantry.jobs.models.folds import folds, folds_of_split
from decantry.jobs.models.linear import logistic, probability, ridge
from decantry.jobs.models.metrics import auc, interval
from decantry.jobs.models.sweep import sweep
from decantry.jobs.process.errors import UserError

WORDS = [f"word{number}" for number in range(400)]


def prose(seed: int, words: int = 120) -> list[str]:
    return random.Random(seed).choices(WORDS, k=words)


def test_auc_counts_pairs_and_halves_ties() -> None:
    dice = np.random.default_rng(1)
    for _ in range(50):
        good, scores = dice.random(30) < 0.5, dice.integers(0, 6, 30).astype(float)
        good[:2] = [True, False]
        pairs = [(a > b) + (a == b) / 2 for a in scores[good] for b in scores[~good]]
        assert auc(good, scores) == pytest.approx(sum(pairs) / len(pairs))
    assert np.isnan(auc(np.array([True]), np.array([1.0])))


def test_copies_make_no_interval_narrower() -> None:
    dice = np.random.default_rng(2)
    good = dice.random(60) < 0.5
    scores = good + dice.normal(0, 1, 60)
    once = interval(good, scores, np.arange(60), seed=1)
    thrice = interval(np.tile(good, 3), np.tile(scores, 3), np.tile(np.arange(60), 3), seed=1)
    assert once[0] < auc(good, scores) < once[1]
    assert np.allclose(once, thrice, atol=0.02)


def test_near_duplicates_and_groups_are_families() -> None:
    one, other = prose(1), prose(2)
    changed = [*one[:60], "new", *one[61:]]
    texts = [" ".join(one), " ".join(other), " ".join(changed), " ".join(prose(3)), "", ""]
    assert families(texts, [""] * 6) == [0, 1, 0, 3, 4, 4]
    assert families(texts, ["", "a", "", "a", "", ""]) == [0, 1, 0, 1, 4, 4]
    assert families(texts, ["a", "a", "b", "b", "", ""]) == [0, 0, 0, 0, 4, 4]


def test_near_duplicates_at_the_bound_are_found() -> None:
    """68 of 132 shingles of five words are common: a similarity of 0.515."""
    texts = []
    for seed in range(300):
        words = [f"{seed}x{number}" for number in range(72)]
        texts += [" ".join([*words, *(f"{seed}{side}{number}" for number in range(32))]) for side in "yz"]
    assert families(texts, [""] * 600) == [number // 2 * 2 for number in range(600)]


def test_a_text_is_compared_with_all_texts_of_its_bands() -> None:
    """All texts begin alike, so texts that are no near-duplicates share bands. Only the last two are
    near-duplicates."""
    same = prose(1, 80)
    texts = [" ".join([*same, *prose(seed, 70)]) for seed in range(2, 22)]
    last = [*same, *prose(99, 70)]
    texts += [" ".join(last), " ".join([*last[:-30], *prose(98, 30)])]
    assert families(texts, [""] * 22) == [*range(21), 20]


def test_folds_keep_families_whole_and_classes_even() -> None:
    good = [number % 3 == 0 for number in range(60)]
    family = [number // 2 for number in range(60)]
    found = folds(good, family, 5, seed=7)
    assert all(found[2 * pair] == found[2 * pair + 1] for pair in range(30))
    for fold in range(5):
        assert 10 <= (found == fold).sum() <= 14
        assert 3 <= sum(np.array(good)[found == fold]) <= 5
    assert folds(good, family, 5, seed=7).tolist() == found.tolist()
    assert folds(good, family, 5, seed=8).tolist() != found.tolist()


def test_too_few_families() -> None:
    with pytest.raises(UserError, match="5 folds need 5 unrelated good texts, but there are 1"):
        folds([True] * 9 + [False] * 9, [0] * 9 + list(range(1, 10)), 5, seed=1)
    with pytest.raises(UserError, match="--folds is 1"):
        folds([True, False], [0, 1], 1, seed=1)


def test_a_split_that_leaks() -> None:
    good, trained = [True, False, True, False], [True, True, False, False]
    assert folds_of_split(trained, [0, 1, 2, 3], good).tolist() == [-1, -1, 0, 0]
    with pytest.raises(UserError, match="row 4 is for testing, but a near-duplicate"):
        folds_of_split(trained, [0, 1, 2, 1], good)
    with pytest.raises(UserError, match="the rows for testing are of one class"):
        folds_of_split([True, True, True, False], [0, 1, 2, 3], good)


def test_lines_are_where_their_loss_is_flat() -> None:
    dice = np.random.default_rng(3)
    for rows, columns in ((40, 5), (20, 50)):
        x, weights = dice.normal(size=(rows, columns)), dice.random(rows) + 0.5
        good = (x[:, 0] + dice.normal(size=rows) > 0).astype(float)
        line = logistic(x, good, weights, 0.7)
        assert np.abs(x.T @ (weights * (probability(line(x)) - good)) + 0.7 * line.weights).max() < 1e-5
        flat = ridge(x, good, weights, 0.7)
        assert np.abs(x.T @ (weights * (flat(x) - good)) + 0.7 * flat.weights).max() < 1e-8
        assert weights @ (flat(x) - good) == pytest.approx(0, abs=1e-8)


def test_separable_classes_have_a_line() -> None:
    line = logistic(np.array([[-1.0], [1.0]]), np.array([0.0, 1.0]), np.ones(2), 0.1)
    assert line.weights[0] > 0
    assert np.isfinite(line.weights).all()


def test_a_sweep_counts_documents_characters_and_tokens() -> None:
    texts = ["a b", "a b c d e f", "a", "a b c"]
    rows = sweep(texts, np.array([True, True, False, False]), np.array([0.9, 0.8, 0.3, 0.1]))
    half = next(row for row in rows if row.threshold == 0.8)
    assert (half.documents, half.precision, half.recall) == (0.5, 1.0, 1.0)
    assert (half.characters, half.tokens) == (pytest.approx(14 / 20), pytest.approx(8 / 12))


def test_calibration() -> None:
    bins = calibration(np.array([False] * 10 + [True] * 10), np.array([0.1] * 10 + [0.8] * 10))
    assert [each.texts for each in bins] == [2] * 10
    assert error(bins) == pytest.approx(0.15)
