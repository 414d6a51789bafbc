"""`fineweb_quality` compared with its oracle: literals, every character, on random, odd and real texts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tests.oracles.fineweb_quality import measure
from tests.udfs.measurements import (
    EDGES,
    assert_equal,
    evaluate,
    every_character,
    random_texts,
    real_texts,
    some_and_all,
    words,
)

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LITERALS: dict[str, tuple[float, ...]] = {
    # lines, line_punct_ratio, short_line_ratio, char_dup_ratio, list_ratio
    "One.\nTwo\n\n \nThree?\n": (3, 2 / 3, 1, 0, 5 / 5),
    'He said: "no."\n是的。\nNo!': (3, 2 / 3, 1, 0, 2 / 11),
    f"{'a' * 30}\n{'a' * 31}\n{'😀' * 30}": (3, 0, 2 / 3, 0, 2 / 32),
    "ab\nab\n cd\ncd": (4, 0, 1, 2 / 9, 3 / 4),
    "a\rb\u2028c": (1, 0, 1, 0, 0),
    " \n\u3000\n": (0, 0, 0, 0, 0),
    "": (0, 0, 0, 0, 0),
}


def test_literals(spark: SparkSession) -> None:
    found = evaluate(spark, "fineweb_quality", list(LITERALS))
    assert [tuple(row.values()) for row in found] == list(LITERALS.values())


def test_every_character_at_the_end_of_a_line(spark: SparkSession) -> None:
    texts = ["\n".join(characters) for characters in every_character(100)]
    found = evaluate(spark, "fineweb_quality", texts)
    expected = [measure(text, lambda _: ["a word"]) for text in texts]
    for rows in (found, expected):
        for row in rows:
            del row["list_ratio"]
    assert_equal(texts, found, expected)


def test_random_and_odd_texts(spark: SparkSession) -> None:
    texts = [*EDGES, *random_texts()]
    for short in (30, 3):
        found = evaluate(spark, "fineweb_quality", texts, short)
        assert_equal(texts, found, [measure(text, words, short) for text in texts])


@some_and_all
def test_real_texts(spark: SparkSession, shared_data: Path, every: int) -> None:
    texts = real_texts(shared_data, every)
    found = evaluate(spark, "fineweb_quality", texts)
    assert_equal(texts, found, [measure(text, words) for text in texts])


def test_ten_megabytes_of_one_line_and_of_short_lines(spark: SparkSession) -> None:
    row = spark.sql("select m.* from (select fineweb_quality(repeat('a b, c. ', 1250000)) as m)").first()
    assert row is not None
    assert tuple(row) == (1, 0, 0, 0, 0)
    row = spark.sql("select m.* from (select fineweb_quality(repeat('a\n', 5000000)) as m)").first()
    assert row is not None
    assert tuple(row) == (5_000_000, 0, 1, 4_999_999 / 5_000_000, 1)
