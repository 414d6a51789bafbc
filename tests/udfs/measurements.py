"""Helpers for tests of measurements: texts of all kinds, and one function on many texts in one job."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st
from pyspark.sql import functions as F

from tests.oracles.random_text import PIECES, draw
from tests.oracles.words import words_and_sentences

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

same_unicode = pytest.mark.skipif(
    sys.version_info[:2] != (3, 11), reason="the functions see Unicode 14 as Python 3.11 does"
)

_PHRASES = (
    *("a", "b", "ab", "aa", "the", "have", "be to", "of and that with", "one two three four five six seven"),
    *(" ", " ", "\n", "\n", "\n\n", "\n\n\n", "\r\n", "\x0b", "\u2028", "- ", "• ", "...", "…", "....", "#", "##"),
    *(".", "!", "?\n", '"', "'", "[1]", "[]", "[edit]", "[citation needed]", "[٣] ", "lorem ipsum", "LOREM Ipsum"),
    *("javascript", "JavaScript is off", "{", "privacy policy", "we use coo\u212aies", "USES COOKIES", "terms of use"),
    *("w" * 1000, "w" * 1001, "😀", "𐐀𐐁 𐐀𐐁", "\u0301\u0302", "\x00", "é", "e\u0301", "。", "A sentence. And one."),
)
REPEATING = st.lists(st.one_of(st.sampled_from(_PHRASES), st.sampled_from("ab \n."), PIECES), max_size=80).map("".join)
FEW_WORDS = st.lists(st.sampled_from(("a", "b", "ab", "ba", "c", "\n")), max_size=120).map(" ".join)

EDGES = (
    *("", "a", " ", "\n", "\n\n\n", "\r\n", "\x00", "\x00 \x00", ".", "#", "...", "{", "[1] [2] [3]", " \n a b c \n "),
    *("a b c. [1]", "a b c.\u00a0[1]", "a b c.  [1] [2]", "[1]  a b c.", "a b c.\n\n.\n", "a\u2028b\x85c d e"),
    *("😀", "😀😀 🎉 😀😀 🎉 👩\u200d💻", "😀 " * 40, "\u0301" * 100, "\u0301 \u0302\n" * 30),
    *("\u3000\u3000", "\ufffd", "\ufeffa b c", "\U0010ffff", "word " * 60, "x\n" * 200, "the " * 10),
    "ab c ab c a bc a bc abc d e f abc d e f",
)
"""They have no lone surrogates: a Spark string is UTF-8, and an encoded surrogate is read as U+FFFD."""


def every_character(many: int) -> list[list[str]]:
    """All characters of the assigned planes except private ones and lone surrogates, `many` at a time."""
    points = [*range(0xD800), *range(0xE000, 0x32400), *range(0xE0000, 0xE0200)]
    return [[chr(point) for point in points[i : i + many]] for i in range(0, len(points), many)]


def random_texts() -> list[str]:
    """Some hundred texts, always the same. They lack one word, on which spaCy itself fails."""
    return [text for text in [*draw(REPEATING, 400), *draw(FEW_WORDS, 150)] if "IS_ALPHA" not in text]


some_and_all = pytest.mark.parametrize("every", [6, pytest.param(1, marks=pytest.mark.slow)])
"""Each sixth of the real texts. The slow suite takes all, and tests/jobs/run/test_agreement.py has the peer's fates."""


def real_texts(shared_data: Path, every: int) -> list[str]:
    """One of `every` so many texts that the peer extracted from real pages: all for 1, each sixth for 6."""
    with gzip.open(shared_data / "oracle" / "fineweb-texts.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [str(json.loads(line)["text"]) for line in lines]
    assert len(texts) == 1144
    return texts[::every]


@lru_cache(maxsize=4096)
def _words(text: str) -> tuple[str, ...]:
    return tuple(words_and_sentences(text)[0])


def words(text: str) -> list[str]:
    """The words of the peer's tokenizer."""
    return list(_words(text))


def evaluate(spark: SparkSession, function: str, texts: Sequence[str], *options: Any) -> list[dict[str, Any]]:
    """The fields of the function's struct for each text, in order, from one job."""
    frame = spark.createDataFrame(list(enumerate(texts)), "i int, text string").repartition(4)
    value = F.call_function(function, F.col("text"), *(F.lit(option) for option in options))
    rows = frame.select("i", value.alias("value")).collect()
    return [row["value"].asDict() for row in sorted(rows, key=lambda row: int(row["i"]))]


def assert_equal(texts: Sequence[str], found: Sequence[dict[str, Any]], expected: Sequence[dict[str, Any]]) -> None:
    """Fail with the first text and measurement for which the two differ."""
    for text, ours, oracle in zip(texts, found, expected, strict=True):
        differing = {name: (ours[name], value) for name, value in oracle.items() if ours[name] != value}
        assert not differing, (text[:500], differing)
        assert ours.keys() == oracle.keys()
