"""The classifier step, with a model that the test writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.curate.job import curate
from decantry.jobs.ingest import ingest
from decantry.jobs.lake import Lake
from decantry.jobs.published import published_corpus, published_verdicts
from decantry.jobs.recipe.load import parse
from tests.fasttext_model import write_model

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

GOOD = ["the", "theorem", "follows", "from", "the", "lemma", "we", "prove", "by", "induction", "proof"]
BAD = ["buy", "cheap", "shoes", "now", "offer", "click", "here"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    path = tmp_path_factory.mktemp("model") / "model.bin"
    return path, write_model(path, {"__label__hq": sorted(set(GOOD)), "__label__lq": BAD})


def test_a_score_becomes_a_rule_and_a_column(spark: SparkSession, model: tuple[Path, str], tmp_path: Path) -> None:
    texts = {"1": "the proof is by induction", "2": "buy now,\nclick here for a cheap offer", "3": "", "4": "a\0b"}
    file = tmp_path / "texts.jsonl"
    file.write_text("".join(json.dumps({"id": i, "url": "", "text": text}) + "\n" for i, text in texts.items()))
    lake = Lake(spark, str(tmp_path / "lake"), "run-1")
    ingest(lake, [str(file)])
    path, sha256 = model
    step = f"{{model: '{path}', sha256: '{sha256}', label: __label__hq, above: 0.6, column: quality}}"
    curate(lake, parse(f"recipe: good\nsteps:\n  - classifier: {step}\n", "good.yaml"))
    fates = {row["id"]: row for row in published_verdicts(lake).collect()}
    assert fates["1"]["removed_by"] is None
    assert fates["2"]["removed_by"] == "classifier.low_score"
    assert 0 <= fates["2"]["values"]["score"] <= 0.6
    assert len(fates) == 4
    corpus = published_corpus(lake, "good")
    assert corpus is not None
    assert {row["id"]: row["quality"] > 0.6 for row in corpus.collect()}["1"]
