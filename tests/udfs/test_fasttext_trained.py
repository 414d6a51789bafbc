"""`fasttext` with models that the library trained, compared with the library; lid.176.ftz on real texts."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.setup.cache import model_path
from tests import fasttext_trainer
from tests.udfs.evaluate import evaluate
from tests.udfs.test_fasttext import all_texts, assert_same, library, mixed

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ROOT = Path(__file__).resolve().parents[2]
SENTENCES = ROOT.parent / "shared" / "data" / "langid" / "sentences.jsonl"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not SENTENCES.is_file(), reason=f"real sentences in 32 languages lie in {SENTENCES.parent}"),
]


def real() -> list[tuple[str, str]]:
    """The language and the text of each sentence."""
    rows = map(json.loads, SENTENCES.read_text(encoding="utf-8").splitlines())
    return [(row["language"], row["text"].replace("\n", " ")) for row in rows]


def ten_thousand() -> list[str]:
    """The sentences, texts of their words, and random Unicode."""
    sentences = [text for _, text in real()]
    texts = [*sentences, *mixed(sentences, 2500, 3), *all_texts(1000)]
    assert len(texts) > 10_000
    return texts


def test_lid_176_on_ten_thousand_texts(spark: SparkSession) -> None:
    texts, path = ten_thousand(), model_path("package:lid.176.ftz")
    assert_same(evaluate(spark, "fasttext", texts, str(path), 3), library(path, texts, 3), texts)


def test_trained_models(spark: SparkSession, tmp_path: Path) -> None:
    pick = random.Random(4)
    # Output matrices are quantised from 256 labels on.
    lines = [f"__label__{language}{pick.randrange(10)} {text}\n" for language, text in real()]
    (tmp_path / "train.txt").write_text("".join(lines), encoding="utf-8")
    texts = ten_thousand()
    (tmp_path / "texts.json").write_text(json.dumps(texts))
    python = fasttext_trainer.environment(ROOT / "build" / "fasttext-trainer")
    subprocess.run([str(python), fasttext_trainer.__file__, str(tmp_path / "train.txt"), str(tmp_path)], check=True)
    models = sorted(path for path in tmp_path.iterdir() if path.suffix in (".bin", ".ftz"))
    assert len(models) == 32
    for path in models:
        answers = json.loads(path.with_suffix(path.suffix + ".json").read_text())
        wanted = [list(zip(labels, scores, strict=True)) for labels, scores in answers]
        assert_same(evaluate(spark, "fasttext", texts, str(path), fasttext_trainer.MOST), wanted, texts)
