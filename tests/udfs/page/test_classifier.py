"""Labels of fastText models, and the languages of the model that ships."""

from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.setup.cache import model_path
from decantry.jobs.steps.language import LID_176
from decantry.udfs.page.classifier import knows_any, labels_of
from tests.fasttext_model import write_model

WORDS = {"__label__cats": ["cat", "purr"], "__label__dogs": ["dog", "bark"]}


def test_a_model_has_its_labels_and_no_words(tmp_path: Path) -> None:
    write_model(tmp_path / "model.bin", WORDS)
    assert labels_of(str(tmp_path / "model.bin")) == list(WORDS)


@pytest.mark.parametrize(
    ("word", "known"), [("cat", True), ("purr", True), ("dog", True), ("at", False), ("ca", False)]
)
def test_the_words_of_a_model(tmp_path: Path, word: str, known: bool) -> None:
    write_model(tmp_path / "model.bin", WORDS)
    assert knows_any(str(tmp_path / "model.bin"), ["cow", word]) is known


def test_the_labels_of_a_quantised_model() -> None:
    labels = labels_of(str(model_path("package:lid.176.ftz")))
    assert {label.removeprefix("__label__") for label in labels} == LID_176


def test_a_model_that_is_too_short_or_too_long_is_refused(tmp_path: Path) -> None:
    model = tmp_path / "model.bin"
    write_model(model, WORDS)
    whole = model.read_bytes()
    assert len(whole) > 200
    for wrong in (*(whole[:size] for size in range(8, len(whole), 7)), whole + b"\0"):
        model.write_bytes(wrong)
        with pytest.raises(ValueError, match=f"cut short or damaged: it has {len(wrong)} bytes"):
            labels_of(str(model))
