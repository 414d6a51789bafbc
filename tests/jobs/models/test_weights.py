from __future__ import annotations

from collections import Counter
from dataclasses import replace

from decantry.jobs.models.examples import examples
from decantry.jobs.models.fasttext_training import REPEATS, _lines, options
from decantry.jobs.models.trained import FastTextKind
from tests.jobs.models.judged import rows

GOOD = [True, True, False, False]
TEXTS = ["a", "b", "c", "d"]


def repeated(weights: list[float]) -> list[int]:
    counted = Counter(line.split()[1] for line in _lines(TEXTS, GOOD, weights))
    return [counted[text] for text in TEXTS]


def test_weights_count_by_their_ratio() -> None:
    assert repeated([1, 1, 1, 1]) == repeated([0.01] * 4) == repeated([1e100] * 4) == [1, 1, 1, 1]
    assert repeated([0.1, 0.5, 0.1, 0.5]) == repeated([100, 500, 100, 500]) == [1, 2, 1, 2]


def test_no_text_is_repeated_more_than_a_hundred_times() -> None:
    assert REPEATS == 100
    lines = _lines(["a"] + ["b"] * 299, [True] + [False] * 299, [1.0] * 300)
    assert Counter(line.split()[1] for line in lines) == {"a": 100, "b": 299}
    assert repeated([1e100, 1e100, 1e-100, 1e-100]) == [2, 2, 2, 2]


def test_the_card_has_the_passes_of_the_rows_that_are_trained_on() -> None:
    judged = examples(rows(200))
    half = replace(judged, trained=[number < 100 for number in range(200)])
    assert (options(200)["epoch"], options(100)["epoch"]) == (15, 30)
    assert FastTextKind(half, 1).settings()["epoch"] == "30"
