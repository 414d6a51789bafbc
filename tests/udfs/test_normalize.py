"""`normalize_text` compared with Python's strings, on every character and on many kinds of text."""

from __future__ import annotations

import sys
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.oracles.normalize import normalize
from tests.udfs.evaluate import EDGES, TEXTS, evaluate, examples, values
from tests.udfs.real import real_texts

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LITERALS = {
    "Hello,   World!": "hello world",
    "In 3.14 of 1,000,000 cases": "in 0 of 0 0 cases",
    "Version 1.2.3": "version 0 0",
    "٣٫١٤ ４２ १२३": "0 0 0",
    "Crème BRÛLÉE": "creme brulee",
    "ΟΔΟΣ ΟΔΟΣ. Σ": "οδος οδος σ",
    "İstanbul ẞ": "istanbul ß",
    "don’t—stop…": "don t stop",
    "\u0301 abc \u0301": "abc",
    "abc \u0301 def": "abc  def",
    "a\u0000b\u0085c\u00a0d\u2028e": "a b c d e",
}

same_unicode = pytest.mark.skipif(
    unicodedata.unidata_version != "14.0.0",
    reason=f"the function sees Unicode 14, Python {sys.version_info[0]}.{sys.version_info[1]} another",
)


def test_literals(spark: SparkSession) -> None:
    assert evaluate(spark, "normalize_text", list(LITERALS)) == list(LITERALS.values())


@same_unicode
def test_every_character_that_unicode_14_knows(spark: SparkSession) -> None:
    known = [c for c in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(c) not in ("Cn", "Co", "Cs")]
    texts = ["x".join(known[i : i + 1000]) for i in range(0, len(known), 1000)]
    found = evaluate(spark, "normalize_text", texts)
    assert [text for text, value in zip(texts, found, strict=True) if value != normalize(text)] == []


@same_unicode
def test_random_and_odd_texts(spark: SparkSession) -> None:
    texts = [*EDGES, *examples(TEXTS, 400)]
    assert evaluate(spark, "normalize_text", texts) == [normalize(text) for text in texts]


@same_unicode
def test_real_texts(spark: SparkSession, shared_data: Path) -> None:
    texts = real_texts(shared_data, 300)
    assert evaluate(spark, "normalize_text", texts) == [normalize(text) for text in texts]


def test_a_line_of_ten_million_characters(spark: SparkSession) -> None:
    from pyspark.sql import functions as F

    length = F.length(F.call_function("normalize_text", F.repeat(F.col("text"), 1_000_000)))
    assert values(spark, ["Straße 12 "], length) == [9_999_999 - 1_000_000]


def test_broken_utf8_is_read_as_replacement_characters(spark: SparkSession) -> None:
    row = spark.sql("select normalize_text(cast(X'41EDA08042' as string)) as value").first()
    assert row is not None
    assert row.value.strip("ab") == "\ufffd" * row.value.count("\ufffd")


def test_null_in_null_out(spark: SparkSession) -> None:
    assert spark.sql("select normalize_text(cast(null as string))").first() == (None,)
