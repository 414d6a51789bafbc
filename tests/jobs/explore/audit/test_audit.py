"""An audit of a small corpus with planted duplicates, hosts and questions, by the command."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.command import Answer, decantry
from tests.jobs.explore.report.test_page import Parsed

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

QUESTION = "Which of these boats leaves the grey harbour before the first bell of the morning rings"
SHORT = "Which boat leaves first?"
WORDS = "quick brown foxes jump over lazy dogs while seven wise owls watch from tall old oak trees near quiet rivers"


def page_of(number: int, *, changed: str = "") -> str:
    """A text of its own words; with `changed`, one word of some hundred is another."""
    words = [f"{word}{chr(97 + number)}" for word in WORDS.split() * 5]
    return " ".join([*words[:50], *([changed] if changed else []), *words[50 + bool(changed) :]])


HOSTILE = "\x1b[2J<script>alert(1)</script> "
ROWS = [
    {"text": HOSTILE + page_of(0), "url": "https://big.example/<img src=x>"},
    {"text": HOSTILE + page_of(0), "url": "https://big.example/equal"},
    {"text": HOSTILE + page_of(0, changed="another"), "url": "https://big.example/near"},
    {"text": page_of(1), "url": "https://big.example/alone"},
    {"text": f"{page_of(2)} They asked: {QUESTION.upper()}? {page_of(3)}", "url": "https://quiz.example/"},
    {"text": "!!! ...", "url": "https://small.example/1"},
    {"text": "!!! ...", "url": "https://small.example/2"},
    {"text": None, "url": "https://small.example/3"},
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("audit")
    (folder / "corpus.jsonl").write_text("".join(json.dumps(row) + "\n" for row in ROWS))
    (folder / "quiz.jsonl").write_text(
        "".join(json.dumps({"question": each}) + "\n" for each in (QUESTION, SHORT, page_of(9)))
    )
    return folder


@pytest.fixture(scope="module")
def answer(spark: SparkSession, folder: Path) -> Answer:
    words = ("--input", str(folder / "corpus.jsonl"), "--benchmarks", str(folder / "quiz.jsonl"))
    return decantry("audit", *words, "--output", str(folder / "audit.html"), "--quiet")


def test_the_terminal_has_a_summary(answer: Answer, folder: Path) -> None:
    assert answer.code == 0, answer.err
    *lines, last = answer.out.splitlines()
    assert lines == [
        "7 documents in 1 file, 1 row rejected",
        "near-duplicates at 0.8, verified: 2 (28.6%), 1 of them are not exact duplicates",
        "exact duplicates: 2 (28.6%)",
        "largest cluster: 3 documents, kept https://big.example/<img src=x>",
        "hosts: 3, the largest big.example with 57.1%",
        "quiz.jsonl: 1 of 2 questions of eight words or more are in the corpus",
    ]
    assert last.startswith(str(folder / "audit.html"))


def test_the_page_has_it_all(answer: Answer, folder: Path) -> None:
    html = (folder / "audit.html").read_text(encoding="utf-8")
    text = re.sub(r"\s+", " ", Parsed(html).text)
    for words in (
        "28.6 % 2 of 7 documents",
        "compared byte by byte alone 2 28.6 %",
        "2 to 3 1 3",
        "https://big.example/near corpus.jsonl, row 3,",
        "big.example 4 57.1 %",
        "quiz.jsonl 3 2 1 50.0 %",
        "https://quiz.example/ corpus.jsonl, row 5",
        "missing_text 1 the row has no text",
        "\\u001b[2J<script>alert(1)</script>",
    ):
        assert words in text, words
    assert "<script" not in html and "<img" not in html


@pytest.mark.parametrize(
    ("content", "options", "told"),
    [
        ("", (), "nothing can be audited: the input has no rows"),
        ('{"body": "a", "n": 1}\n', (), "the rows have no column text; the columns are body, n: name them, as in"),
        (
            '{"text": null}\n',
            (),
            "no row has a text; 1 rows were rejected as missing_text, for example: the row has no text",
        ),
        ('{"text": "a"}\n', ("--text-column", "body"), "the rows have no column body; the columns are text"),
    ],
)
def test_an_input_that_cannot_be_audited_is_one_line(
    spark: SparkSession, tmp_path: Path, content: str, options: tuple[str, ...], told: str
) -> None:
    file = tmp_path / "corpus.jsonl"
    file.write_text(content)
    answer = decantry("audit", "--input", str(file), *options, "--output", str(tmp_path / "a.html"), "--quiet")
    assert answer.code == 2 and told in answer.line
    assert not (tmp_path / "a.html").exists()


def test_bad_usage_is_one_line(tmp_path: Path) -> None:
    file = tmp_path / "corpus.jsonl"
    file.write_text('{"text": "a"}\n')
    for words, told in {
        ("--similarity", "1.5"): "--similarity is 1.5: use a number above 0 and at most 1",
        ("--benchmarks", str(tmp_path / "none")): "--benchmarks",
        ("--output", str(tmp_path)): f"--output is {tmp_path}, which is a folder",
    }.items():
        answer = decantry("audit", "--input", str(file), *words)
        assert answer.code == 2 and told in answer.line
    assert decantry("audit", "--input", str(tmp_path / "none.parquet")).code == 2
