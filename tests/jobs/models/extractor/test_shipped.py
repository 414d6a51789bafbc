"""The shipped model: its file is complete, and its card describes it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import numpy as np
import pytest

from decantry.jobs.models.extractor.forest import from_bytes, to_bytes

ROOT = Path(__file__).resolve().parents[4]
FILE = ROOT / "udfs" / "src" / "main" / "resources" / "org" / "decantry" / "page" / "extractor.bin"


def test_the_model_is_small_and_whole() -> None:
    data = FILE.read_bytes()
    forest = from_bytes(data)
    assert len(data) < 200_000
    assert to_bytes(forest) == data
    assert forest.threshold == pytest.approx(0.45)
    for tree in forest.trees:
        assert len(tree.leaf) == len(tree.feature) + 1 <= 20
        assert all(0 <= feature < forest.features for feature in tree.feature)
        children = sorted(tree.left + tree.right)
        leaves, inner = range(-len(tree.leaf), 0), range(1, len(tree.feature))
        assert children == [*leaves, *inner]
    nothing = forest.probabilities(np.zeros((1, forest.features), np.float32))
    assert 0 < nothing[0] < 1


def test_the_card_is_about_it() -> None:
    card = (ROOT / "docs" / "extraction.md").read_text(encoding="utf-8")
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() in card
