"""Labels of fastText models, and the languages of the model that ships."""

from __future__ import annotations

import re
from pathlib import Path

from decantry.jobs.setup.cache import model_path
from decantry.jobs.steps.language import LID_176
from decantry.udfs.page.classifier import has_label
from tests.fasttext_model import write_model


def test_a_model_has_its_labels_and_no_words(tmp_path: Path) -> None:
    model = tmp_path / "model.bin"
    write_model(model, {"__label__cats": ["cat", "purr"], "__label__dogs": ["dog", "bark"]})
    assert has_label(str(model), "__label__cats")
    assert not has_label(str(model), "cat"), "which is a word"
    assert not has_label(str(model), "__label__cat"), "which is the beginning of one"
    assert not has_label(str(model), "cats"), "which is the end of one"


def test_the_languages_are_those_of_the_model() -> None:
    model = Path(model_path("package:lid.176.ftz")).read_bytes()
    assert {name.decode() for name in re.findall(rb"__label__([a-z]{2,3})\0", model)} == LID_176
