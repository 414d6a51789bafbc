"""`c4_lines` compared with its oracle: literals, all kinds of white space, on random, odd and real texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.oracles.c4 import edit, sentences_of_line
from tests.udfs.measurements import (
    EDGES,
    assert_equal,
    evaluate,
    every_character,
    random_texts,
    real_texts,
    same_unicode,
    some_and_all,
)

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

KEPT = "A line that stays."
LITERALS: dict[str, tuple[str, int, int, int, int, int]] = {
    # text, lines, lorem_ipsum, curly_bracket, sentences, lines_dropped
    f" {KEPT} \n\ntwo words\n{KEPT} Another!": (f"{KEPT}\n{KEPT} Another!", 2, 0, 0, 3, 2),
    "It is so[1] they said[23][citation needed] here[edit].": ("It is so they said here.", 1, 0, 0, 1, 0),
    "Digits count[٣४] in any script, [x] does not.": ("Digits count in any script, [x] does not.", 1, 0, 0, 1, 0),
    "[1] [2] [3]\na b [4]": ("a b", 2, 0, 0, 2, 0),
    f"{KEPT}\nThen Lorem IPSUM came.\n{KEPT}": (KEPT, 1, 1, 0, 1, 0),
    f"{KEPT}\nif (x) {{ y }}\n{KEPT}": (KEPT, 1, 0, 1, 1, 0),
    f"Enable JavaScript {{ now\n{KEPT}": (KEPT, 1, 0, 0, 1, 1),
    "lorem ipsum in javascript {": ("", 0, 1, 0, 0, 0),
    f"Two {{words\n{KEPT}": (KEPT, 1, 0, 0, 1, 1),
    f"See our Privacy Policy { {} } here": ("", 0, 0, 1, 0, 0),
    f"Terms of use apply here.\nThis site USES coo\u212aies to work.\n{KEPT}": (KEPT, 1, 0, 0, 1, 2),
    f"a b {'x' * 1001}\na b {'😀' * 1000}": (f"a b {'😀' * 1000}", 1, 0, 0, 1, 1),
    "": ("", 0, 0, 0, 0, 0),
}
ENDINGS = "He left.\nDid he leave?\nHe left\nHe left it...\nHe left it.”\nHe said 'so.'\nHe said it.[1]"


def test_literals(spark: SparkSession) -> None:
    found = evaluate(spark, "c4_lines", list(LITERALS))
    assert [tuple(row.values()) for row in found] == list(LITERALS.values())


def test_terminal_punctuation(spark: SparkSession) -> None:
    text = ENDINGS.replace("He left", "So he left")
    (found,) = evaluate(spark, "c4_lines", [text], True)
    assert found["text"] == "So he left.\nDid he leave?\nHe said 'so.'\nHe said it."
    assert found == edit(text, sentences_of_line, terminal_punctuation=True)


@same_unicode
def test_white_space_and_digits_among_every_character(spark: SparkSession) -> None:
    texts = ["\n".join(f"{c}a{c}b[{c}]d{c}" for c in characters) for characters in every_character(2000)]
    found = [{**row, "sentences": 0} for row in evaluate(spark, "c4_lines", texts)]
    assert_equal(texts, found, [edit(text, lambda _: 0) for text in texts])


def test_random_and_odd_texts(spark: SparkSession) -> None:
    texts = [*EDGES, *random_texts()]
    for terminal in (False, True):
        found = evaluate(spark, "c4_lines", texts, terminal)
        assert_equal(texts, found, [edit(text, sentences_of_line, terminal) for text in texts])


@some_and_all
def test_real_texts(spark: SparkSession, shared_data: Path, every: int) -> None:
    texts = real_texts(shared_data, every)
    found = evaluate(spark, "c4_lines", texts)
    assert_equal(texts, found, [edit(text, sentences_of_line) for text in texts])


def test_sentences_of_other_languages(spark: SparkSession) -> None:
    (found,) = evaluate(spark, "c4_lines", ["雨 です。傘 を。"], False, "ja")
    assert (found["lines"], found["sentences"]) == (1, 2)


def test_one_line_of_ten_megabytes(spark: SparkSession) -> None:
    call = "c4_lines(repeat('one two. So[1] it is. ', 500000))"
    row = spark.sql(f"select m.lines, m.sentences, length(m.text) as size from (select {call} as m)").first()
    assert row is not None
    assert tuple(row) == (1, 1_000_000, 19 * 500_000 - 1)
