"""`gopher_repetition` compared with its oracle: literals, and random, odd and real texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.oracles.gopher_repetition import measure
from tests.udfs.measurements import EDGES, assert_equal, evaluate, random_texts, real_texts, some_and_all, words

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LITERALS: dict[str, dict[str, float]] = {
    "aa\n\nbb\n\naa\n\nbb": {
        "characters": 14,
        "dup_para_frac": 2 / 4,
        "dup_para_char_frac": 4 / 14,
        "dup_line_frac": 2 / 4,
        "dup_line_char_frac": 4 / 14,
        "top_2_gram": 2 * len("aa bb") / 14,
    },
    # Blank lines are no lines, but the nothing behind the last new line is one.
    "x\n\n\nx\ny\n": {"dup_para_frac": 0, "dup_line_frac": 1 / 4, "dup_line_char_frac": 1 / 8},
    # Of n-grams that are there equally often, the first counts, even a single one.
    "one two three": {"top_2_gram": len("one two") / 13, "top_3_gram": 13 / 13, "top_4_gram": 0},
    "a bb a bb ccc": {"top_2_gram": 2 * len("a bb") / 13},
    # Six words twice: the second time they are duplicates, but only up to where the 5-gram ends.
    "a b c d e f a b c d e f": {
        "duplicated_5_n_grams": 5 / 23,
        "duplicated_6_n_grams": 6 / 23,
        "duplicated_7_n_grams": 0,
    },
    # Duplicates are compared without the spaces between their words.
    "ab c d e f x a bc d e f": {"duplicated_5_n_grams": 6 / 23, "top_4_gram": len("ab c d e") / 23},
    # A character is a code point.
    "😀\n😀": {"characters": 3, "dup_line_char_frac": 1 / 3, "top_2_gram": 3 / 3},
    "": {"characters": 0, "dup_para_frac": 0, "top_2_gram": 0, "duplicated_10_n_grams": 0},
}


def test_literals(spark: SparkSession) -> None:
    found = evaluate(spark, "gopher_repetition", list(LITERALS))
    assert [{name: row[name] for name in LITERALS[text]} for text, row in zip(LITERALS, found, strict=True)] == list(
        LITERALS.values()
    )


def test_random_and_odd_texts(spark: SparkSession) -> None:
    texts = [*EDGES, *random_texts()]
    found = evaluate(spark, "gopher_repetition", texts)
    assert_equal(texts, found, [measure(text, words) for text in texts])


@some_and_all
def test_real_texts(spark: SparkSession, shared_data: Path, every: int) -> None:
    texts = real_texts(shared_data, every)
    found = evaluate(spark, "gopher_repetition", texts)
    assert_equal(texts, found, [measure(text, words) for text in texts])


def test_one_line_of_ten_megabytes(spark: SparkSession) -> None:
    row = spark.sql("select m.* from (select gopher_repetition(repeat('abc de f, ', 1000000)) as m)").first()
    assert row is not None
    assert row.characters == 10_000_000
    assert (row.dup_para_frac, row.dup_line_frac) == (0, 0)
    assert row.top_2_gram == len("abc de") * 1_000_000 / 10_000_000
    # The first five words are new, and so are the n-grams that start with each of the other three.
    assert 0.69 < row.duplicated_5_n_grams < 0.7
