"""The labels of three models in one form. A small model of the test stands for GlotLID."""

from __future__ import annotations

from pathlib import Path

import pytest

from decantry.udfs.page.language import LanguageModel
from decantry.udfs.page.language_names import ISO_639_3, full_name, labels_of
from tests.fasttext_model import write_model


@pytest.mark.parametrize(
    ("label", "script", "name"),
    [
        ("de", "Latn", "deu_Latn"),
        ("zh", "Hani", "cmn_Hani"),
        ("sr", "Cyrl", "srp_Cyrl"),
        ("sr", "Latn", "srp_Latn"),
        ("ja", "Jpan", "jpn_Jpan"),
        ("ceb", "Latn", "ceb_Latn"),
        ("deu_Latn", "Cyrl", "deu_Latn"),
        ("zho_Hant", "Hani", "cmn_Hani"),
        ("yue_Hant", "Hani", "yue_Hani"),
        ("cmn_Hant", "Hani", "cmn_Hani"),
        ("est_Latn", "Latn", "ekk_Latn"),
        ("tgl_Latn", "Latn", "fil_Latn"),
        ("grn_Latn", "Latn", "gug_Latn"),
        ("en", None, "eng_Zyyy"),
        ("xx", "Latn", "xx_Latn"),
    ],
)
def test_a_label_and_a_script_are_one_name(label: str, script: str | None, name: str) -> None:
    assert full_name(label, script) == name


def test_the_labels_of_a_language_name() -> None:
    assert labels_of("deu_Latn") == ["de|Latn"]
    assert labels_of("cmn_Hani") == ["zh|Hani", "zho_Hans", "zho_Hant", "cmn_Hans", "cmn_Hant"]
    assert labels_of("ekk_Latn") == ["et|Latn", "est_Latn"]
    assert labels_of("ceb_Latn") == ["ceb|Latn"]
    assert labels_of("fuv_Latn") == ["fuv|Latn"]
    for label in ISO_639_3:
        assert f"{label}|Latn" in labels_of(full_name(label, "Latn"))


def test_alemannic_is_not_albanian() -> None:
    """`als` is Alemannic to lid.176, and Tosk Albanian to GlotLID."""
    assert labels_of("gsw_Latn") == ["als|Latn"]
    assert labels_of("als_Latn") == ["sq|Latn"]


def test_a_model_with_labels_like_glotlids_names_language_and_script(tmp_path: Path) -> None:
    path = tmp_path / "glotlid.ftz"
    words = {"deu_Latn": ["der", "und", "nicht"], "cmn_Hani": ["的", "了"], "srp_Cyrl": ["је", "на"]}
    write_model(path, words)
    model = LanguageModel(str(path))
    for name, some in words.items():
        language, score = model.identify(" ".join(some * 3))
        assert language == name
        assert score is not None and score > 0.5
        assert full_name(language, None) == name
