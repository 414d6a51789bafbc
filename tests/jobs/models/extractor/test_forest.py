from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from decantry.jobs.models.extractor.forest import MAGIC, Forest, Tree, from_bytes, of_lightgbm, to_bytes

STUMP = Tree([1], [0.5], [-1], [-2], [-2.0, 2.0])
DEEP = Tree([0, 1], [1.0, 2.0], [1, -1], [-3, -2], [0.5, 1.0, -1.0])


def test_a_row_goes_left_if_its_value_is_at_most_the_limit() -> None:
    forest = Forest(2, 0.4, (STUMP, DEEP), start=0.25)
    rows = np.array([[1.0, 0.5], [1.5, 0.6], [0.0, 3.0]], np.float32)
    scores = np.array([0.25 - 2 + 0.5, 0.25 + 2 - 1, 0.25 + 2 + 1])
    assert forest.probabilities(rows) == pytest.approx(1 / (1 + np.exp(-scores)))


def test_a_tree_may_be_one_leaf() -> None:
    assert Forest(1, 0.5, (Tree([], [], [], [], [0.0]),)).probabilities(np.zeros((2, 1), np.float32)) == pytest.approx(
        0.5
    )


def test_a_file_keeps_the_forest() -> None:
    forest = Forest(2, 0.5, (STUMP, DEEP), start=0.25)
    assert from_bytes(to_bytes(forest)) == forest
    assert to_bytes(forest).startswith(MAGIC)


@pytest.mark.parametrize("spoil", [lambda data: b"x" + data, lambda data: data[:40], lambda data: b""])
def test_other_files_are_refused(spoil: Callable[[bytes], bytes]) -> None:
    with pytest.raises(ValueError, match="it "):
        from_bytes(spoil(to_bytes(Forest(2, 0.5, (STUMP, DEEP)))))


def test_probabilities_are_lightgbms() -> None:
    lightgbm = pytest.importorskip("lightgbm")
    rows = np.random.default_rng(1).normal(size=(500, 6)).astype(np.float32)
    rows[:, 0] = np.round(rows[:, 0])
    content = rows[:, 0] + rows[:, 1] > rows[:, 2]
    booster = lightgbm.train(
        {"objective": "binary", "verbose": -1, "num_threads": 1, "min_data_in_leaf": 2},
        lightgbm.Dataset(rows, content),
        20,
    )
    predicted = booster.predict(rows, num_threads=1)
    forest = of_lightgbm(booster.dump_model(), 0.5)
    assert forest.probabilities(rows) == pytest.approx(predicted, abs=1e-6)
    assert from_bytes(to_bytes(forest)).probabilities(rows) == pytest.approx(predicted, abs=1e-6)
