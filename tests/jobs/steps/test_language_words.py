"""Which addresses name a language, and errors for missing lists."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.process.errors import UserError
from decantry.jobs.steps.language_words import LanguageWords, _inside, names_language

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

WORDS = {"gsw": ["schweiz", "st.gallen", ".ch"]}


ADDRESSES = {
    "https://example.org/gsw/page": True,
    "https://example.org/agsw/page": False,
    "https://example.org/?l=GSW": True,
    "https://example.org/?l=xGSWx": True,
    "https://example.org/Die-Schweiz": True,
    "https://example.org/sch-weiz": True,
    "https://example.org/sch/weiz": False,
    "https://st.gal-len.example.org/": True,
    "https://stxgallen.example.org/": False,
    "https://dorf.ch/": False,
    "http://dorf.CH:8080/x": False,
    "": False,
}
"""Addresses, and whether they name Swiss German."""


def test_an_address_names_a_language_by_its_code_or_words(spark: SparkSession) -> None:
    from pyspark.sql import functions as F

    assert _inside("gsw_Latn", WORDS) == ["schweiz", "st.gallen"]
    words = F.array(*map(F.lit, _inside("gsw_Latn", WORDS)))
    rows = spark.createDataFrame([(url,) for url in ADDRESSES], "url string")
    found = rows.select(
        "url",
        names_language(F.col("url"), F.lit("gsw"), words).alias("with_words"),
        names_language(F.col("url"), F.lit("gsw"), F.array().cast("array<string>")).alias("without"),
    ).collect()
    assert {row["url"]: row["with_words"] for row in found} == ADDRESSES
    assert [row["url"] for row in found if row["without"]] == [
        "https://example.org/gsw/page",
        "https://example.org/?l=GSW",
        "https://example.org/?l=xGSWx",
    ]


def test_a_document_is_kept_for_a_word_or_its_address(spark: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "gsw_Latn.txt").write_text("isch\n")
    (tmp_path / "words.json").write_text(json.dumps(WORDS))
    step = LanguageWords(lists=str(tmp_path), url_words=str(tmp_path / "words.json"))
    texts = [
        ("So s'isch.", "gsw_Latn", "https://a.example/"),
        ("Hallo", "gsw_Latn", "https://schweiz.example/"),
        ("Hallo", "gsw_Latn", "https://dorf.ch/"),
        ("Hallo", "gsw_Latn", None),
        ("Hallo", "deu_Latn", "https://schweiz.example/"),
    ]
    rows = spark.createDataFrame(texts, "text string, language string, url string")
    rows = rows.selectExpr("*", "'Latn' language_script")
    assert [tuple(row["m"]) for row in rows.select(step.measure().alias("m")).collect()] == [
        (1, 1),
        (0, 1),
        (0, 0),
        (0, 0),
        (None, None),
    ]
    (tmp_path / "gsw_Latn.txt").write_text("Hallo\n")
    assert [row["m"]["listed"] for row in rows.select(step.measure().alias("m")).collect()] == [0, 1, 1, 1, None]


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


def test_missing_lists_are_an_error(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=f"the step language_words needs word lists at {tmp_path}"):
        LanguageWords(lists=str(tmp_path)).resources()
    (tmp_path / "gsw_Latn.txt").write_text("Chuchi\n")
    (tmp_path / "words.json").write_text("[1]")
    with pytest.raises(UserError, match="are not lists by language code"):
        LanguageWords(lists=str(tmp_path), url_words=str(tmp_path / "words.json")).resources()
    with pytest.raises(UserError, match="cannot be read"):
        LanguageWords(lists=str(tmp_path), url_words=str(tmp_path / "none.json")).resources()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "has no words"),
        (b"\xef\xbb\xbf \n", "has no words"),
        ("Chuchi\n".encode("utf-16"), "cannot be read"),
        ("Chuchi\n".encode("utf-16-le"), "has zero bytes"),
        (b"K\xfcche\n", "cannot be read"),
    ],
)
def test_a_list_that_would_remove_every_document_is_refused(tmp_path: Path, content: bytes, expected: str) -> None:
    (tmp_path / "gsw_Latn.txt").write_bytes(content)
    with pytest.raises(UserError, match=f"the word list {tmp_path}/gsw_Latn.txt {expected}"):
        LanguageWords(lists=str(tmp_path)).resources()


def test_a_folder_named_like_a_list_is_ignored(tmp_path: Path) -> None:
    (tmp_path / "bar_Latn.txt").mkdir()
    with pytest.raises(UserError, match="needs word lists"):
        LanguageWords(lists=str(tmp_path)).resources()
    (tmp_path / "gsw_Latn.txt").write_text("Chuchi\n")
    assert LanguageWords(lists=str(tmp_path)).resources()
