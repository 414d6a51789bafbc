from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import fasttext
import pytest

from decantry.jobs.models import fasttext_file
from decantry.jobs.models.fasttext_training import GOOD, train
from decantry.jobs.models.words import words
from decantry.jobs.process.errors import UserError
from decantry.udfs.page import classifier
from tests.jobs.models.judged import rows
from tests.udfs.evaluate import EDGES, evaluate

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

TEXTS = rows()


def trained() -> object:
    return train([row["text"] for row in TEXTS], [row["label"] == 1 for row in TEXTS], [1.0] * len(TEXTS), seed=1)


def test_words() -> None:
    text = "Über 12 Äpfel, rot.\n\n  Menu | Home\nhttps://a_b.org\0"
    assert words(text) == (
        "über 0 0 äpfel , rot . ¶.s menu | home ¶-s https : / / a _ b . org ¶-m".replace("0 0", "00")
    )
    assert words("") == words(" \n\0\n ") == ""
    assert "__label__" not in words("__label__1 __label__0")
    assert words("a " * 21).endswith("¶-l")
    assert words("\ud800 x") == "? x ¶-s"


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    digests = set()
    for name in ("a", "b"):
        trained().save(tmp_path / name)  # type: ignore[attr-defined]
        digests.add(hashlib.sha256((tmp_path / name).read_bytes()).hexdigest())
    assert len(digests) == 1


def test_the_file_is_one_that_other_readers_of_fasttext_know(tmp_path: Path) -> None:
    model, path = trained(), tmp_path / "model.bin"
    model.save(path)  # type: ignore[attr-defined]
    assert GOOD in classifier.labels_of(str(path))
    read = fasttext.load_model(str(path))
    for row in TEXTS[:6]:
        (own,) = model.score([row["text"]])  # type: ignore[attr-defined]
        labels, scores = read.predict(words(row["text"]), k=-1)
        assert dict(zip(labels, scores, strict=True))[GOOD] == pytest.approx(own, abs=1e-5)
        assert (own > 0.5) == (row["label"] == 1)


def test_any_text_has_a_score() -> None:
    scores = trained().score(["", "\n\0\n", "x" * 1_000_000, "\ud800", "__label__1"])  # type: ignore[attr-defined]
    assert all(0 <= score <= 1 for score in scores)


def test_a_missing_library_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "floret", None)
    with pytest.raises(UserError, match=r"pip install 'decantry\[fasttext\]'"):
        fasttext_file.library()


def test_the_native_function_makes_the_same_words(spark: SparkSession) -> None:
    letters = "".join(chr(point) for point in range(1, 0x3000) if not 0xD800 <= point < 0xE000)
    stretches = [letters[at : at + 40] for at in range(0, len(letters), 40)]
    texts = [*EDGES, *stretches, *(row["text"] for row in TEXTS), "a" * 30_000, "ab\n" * 9_000, "İΣ ΑΣ.\n\x1cx\x1f_y"]
    assert evaluate(spark, "model_words", texts) == [words(text) for text in texts]
