"""Which addresses speak for a language, and what a step says of lists that are not there."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from decantry.jobs.process.errors import UserError
from decantry.jobs.steps.language_words import LanguageWords, _pattern

WORDS = {"gsw": ["schweiz", "st.gallen", ".ch"]}


@pytest.mark.parametrize(
    ("url", "speaks"),
    [
        ("https://example.org/gsw/page", True),
        ("https://example.org/agsw/page", False),
        ("https://example.org/?l=GSW", True),
        ("https://example.org/Die-Schweiz", True),
        ("https://stxgallen.example.org/", False),
        ("https://dorf.ch/", True),
        ("http://dorf.CH:8080/x", True),
        ("https://dorf.chat/", False),
        ("https://example.org/a.ch", False),
    ],
)
def test_an_address_speaks_for_a_language_by_its_code_its_words_and_the_end_of_its_host(url: str, speaks: bool) -> None:
    assert bool(re.search(_pattern("gsw_Latn", WORDS), url)) is speaks


def test_a_language_without_words_has_its_code_alone() -> None:
    assert re.search(_pattern("gsw_Latn", {}), "https://dorf.ch/") is None


def test_the_lists_are_in_the_resources_by_content(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "gsw_Latn.txt").write_text("Chuchi\n")
    (tmp_path / "words.json").write_text(json.dumps(WORDS))
    words = str(tmp_path / "words.json")
    one, two = (LanguageWords(lists=str(tmp_path / name), url_words=words) for name in ("one", "two"))
    assert one.resources() == two.resources()
    assert one.options() == two.options()
    (tmp_path / "two" / "gsw_Latn.txt").write_text("Chuchi\nChäschüechli\n")
    assert one.resources() != two.resources()


def test_lists_that_are_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=f"the step language_words needs word lists at {tmp_path}"):
        LanguageWords(lists=str(tmp_path)).resources()
    (tmp_path / "gsw_Latn.txt").write_text("Chuchi\n")
    (tmp_path / "words.json").write_text("[1]")
    with pytest.raises(UserError, match="are not lists by code"):
        LanguageWords(lists=str(tmp_path), url_words=str(tmp_path / "words.json")).resources()
    with pytest.raises(UserError, match="cannot be read"):
        LanguageWords(lists=str(tmp_path), url_words=str(tmp_path / "none.json")).resources()
