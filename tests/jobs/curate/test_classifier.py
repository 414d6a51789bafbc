"""The classifier step, with a model that the test trains."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.jobs.curate.judged import judged

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

GOOD = ["the theorem follows from the lemma", "we prove the lemma by induction", "the proof of the theorem is short"]
BAD = ["buy cheap shoes now", "cheap offer click here now", "click to buy the offer"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    import fasttext

    folder = tmp_path_factory.mktemp("model")
    lines = [f"__label__hq {text}" for text in GOOD * 30] + [f"__label__lq {text}" for text in BAD * 30]
    (folder / "train.txt").write_text("\n".join(lines) + "\n")
    trained = fasttext.train_supervised(
        str(folder / "train.txt"), epoch=25, lr=0.5, dim=8, wordNgrams=2, bucket=1000, thread=1, verbose=0
    )
    trained.save_model(str(folder / "model.bin"))
    return folder / "model.bin", hashlib.sha256((folder / "model.bin").read_bytes()).hexdigest()


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
