from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.setup.cache import model_path
from decantry.udfs.page.language import LanguageModel, ModelError

LID = str(model_path("package:lid.176.ftz"))


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The weather was fine\nand everyone went outside.", "en"),
        ("Das Wetter war schön und alle gingen hinaus.", "de"),
        ("今日は天気がいいので、みんな外に出ました。", "ja"),
        ("Погода была хорошая, и все вышли на улицу.", "ru"),
    ],
)
def test_languages(text: str, language: str) -> None:
    found, score = LanguageModel(LID).identify(text)
    assert found == language
    assert score is not None and 0.5 < score <= 1


@pytest.mark.parametrize("text", ["", " \n\t\u00a0"])
def test_nothing_visible_has_no_language(text: str) -> None:
    assert LanguageModel(LID).identify(text) == (None, None)


@pytest.mark.parametrize("text", ["\n\n.\n", "a\0b", "😀", "x" * 1_000_000, "\u0301" * 50, "\u2028\r\x85"])
def test_odd_texts_have_some_score(text: str) -> None:
    _, score = LanguageModel(LID).identify(text)
    assert score is None or 0 <= score <= 1


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot be opened"):
        LanguageModel(str(tmp_path / "no.ftz"))
    broken = tmp_path / "broken.ftz"
    broken.write_bytes(b"no model")
    with pytest.raises(ModelError, match="not a fastText model"):
        LanguageModel(str(broken))
