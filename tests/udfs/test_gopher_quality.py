"""`gopher_quality` compared with its oracle: literals, every character, on random, odd and real texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.oracles.gopher_quality import measure
from tests.udfs.measurements import (
    EDGES,
    assert_equal,
    evaluate,
    every_character,
    random_texts,
    real_texts,
    same_unicode,
    some_and_all,
    words,
)

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LITERALS: dict[str, dict[str, float]] = {
    # Comma, plus signs and full stop are words for the shares, but no real ones; 10 is one, without a letter.
    "The cat, 10 ++ dogs.": {"words": 4, "mean_word_length": 12 / 4, "alpha_word_ratio": 3 / 8, "stop_words": 0},
    "the be to of and that have with the": {"words": 9, "stop_words": 8},
    "a # b ## c": {"hash_ratio": 3 / 6},
    "Wait... what…": {"ellipsis_ratio": 2 / 4, "ellipsis_line_ratio": 1},
    "a......b": {"ellipsis_ratio": 2 / 3},
    "- one\n • two\r\nthree...\nfour… \n": {"bullet_line_ratio": 2 / 4, "ellipsis_line_ratio": 2 / 4},
    "a\x0bb\x0cc\x1cd\x1de\x1ef\x85-g\u2028h\u2029i": {"bullet_line_ratio": 1 / 9},
    "𐐀𐐁𐐂": {"words": 1, "mean_word_length": 3, "alpha_word_ratio": 1},
    "": {"words": 0, "mean_word_length": 0, "hash_ratio": 0, "bullet_line_ratio": 0, "alpha_word_ratio": 0},
}


def test_literals(spark: SparkSession) -> None:
    found = evaluate(spark, "gopher_quality", list(LITERALS), "en")
    assert [{name: row[name] for name in LITERALS[text]} for text, row in zip(LITERALS, found, strict=True)] == list(
        LITERALS.values()
    )


@same_unicode
def test_every_character(spark: SparkSession) -> None:
    texts = [" ".join(characters) for characters in every_character(200)]
    found = evaluate(spark, "gopher_quality", texts, "en")
    assert_equal(texts, found, [measure(text, words) for text in texts])


@same_unicode
def test_random_and_odd_texts(spark: SparkSession) -> None:
    texts = [*EDGES, *random_texts()]
    found = evaluate(spark, "gopher_quality", texts, "en")
    assert_equal(texts, found, [measure(text, words) for text in texts])


@some_and_all
def test_real_texts(spark: SparkSession, shared_data: Path, every: int) -> None:
    texts = real_texts(shared_data, every)
    found = evaluate(spark, "gopher_quality", texts, "en")
    assert_equal(texts, found, [measure(text, words) for text in texts])


def test_other_languages_are_measured_in_their_own_words(spark: SparkSession) -> None:
    (chinese,) = evaluate(spark, "gopher_quality", ["我喜欢吃苹果。"], "zh")
    assert (chinese["words"], chinese["mean_word_length"], chinese["alpha_word_ratio"]) == (4, 6 / 4, 4 / 5)


def test_without_a_language_the_script_decides(spark: SparkSession) -> None:
    english, chinese = evaluate(spark, "gopher_quality", ["Don't stop the cat...", "我喜欢吃苹果。"], None)
    assert [english] == evaluate(spark, "gopher_quality", ["Don't stop the cat..."])
    assert [chinese] == evaluate(spark, "gopher_quality", ["我喜欢吃苹果。"], "zh")


def test_stop_words_are_a_list(spark: SparkSession) -> None:
    texts = ["Der Hund und die Katze und das Ross"]
    for given, found in ((["der", "und", "das"], 2), (["Der"], 1), ([], 0)):
        (row,) = evaluate(spark, "gopher_quality", texts, "de", given)
        assert row["stop_words"] == found
    with pytest.raises(Exception, match="stop_words has to be a list of words without null"):
        evaluate(spark, "gopher_quality", texts, "de", ["und", None])


def test_one_line_of_ten_megabytes(spark: SparkSession) -> None:
    row = spark.sql("select m.* from (select gopher_quality(repeat('- of 12... ', 1000000), 'en') as m)").first()
    assert row is not None
    assert (row.words, row.mean_word_length, row.stop_words) == (2_000_000, 2, 1)
    assert (row.ellipsis_ratio, row.bullet_line_ratio, row.ellipsis_line_ratio) == (1 / 4, 1, 1)
    assert row.alpha_word_ratio == 1 / 4
