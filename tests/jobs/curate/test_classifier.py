"""The classifier step, with a model that the test writes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.fasttext_model import write_model
from tests.jobs.curate.judged import judged

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

GOOD = ["the", "theorem", "follows", "from", "the", "lemma", "we", "prove", "by", "induction", "proof"]
BAD = ["buy", "cheap", "shoes", "now", "offer", "click", "here"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    path = tmp_path_factory.mktemp("model") / "model.bin"
    return path, write_model(path, {"__label__hq": sorted(set(GOOD)), "__label__lq": BAD})


def test_a_score_becomes_a_rule_and_a_column(spark: SparkSession, model: tuple[Path, str]) -> None:
    texts = {"1": "the proof is by induction", "2": "buy now,\nclick here for a cheap offer", "3": "", "4": "a\0b"}
    path, sha256 = model
    step = f"{{model: '{path}', sha256: '{sha256}', label: __label__hq, above: 0.6, column: quality}}"
    found = judged(spark, f"  - classifier: {step}\n", texts)
    assert sorted(found) == ["1", "2", "3", "4"]
    assert found["1"]["removed_by"] is None
    assert found["1"]["quality"] > 0.6
    assert found["2"]["removed_by"] == "classifier.low_score"
    assert 0 <= found["2"]["values"]["score"] <= 0.6
