"""`words` and `sentences` compared with spaCy: literals, all special cases, random texts, and real pages."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from tests.oracles.korean import words as particles
from tests.oracles.random_text import TEXTS, draw
from tests.oracles.words import special_cases, words_and_sentences
from tests.udfs.measurements import real_texts, some_and_all

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

Found = tuple[list[str], list[str]]

WORDS = {
    "I can't wait; we'll go at 10am.": "I ca n't wait ; we 'll go at 10 am .",
    "Mr. Smith (aged 42) lives in the U.S.A.": "Mr. Smith ( aged 42 ) lives in the U.S.A.",
    "state-of-the-art, e.g. a $5.00/hour job": "state - of - the - art , e.g. a $ 5.00 / hour job",
    "He said: “Don’t!” and left…": "He said : “ Do n’t ! ” and left …",
    "https://example.org/a?b=1#c, or a.b@c.org.": "https://example.org/a?b=1#c , or a.b@c.org .",
    "10km, 5°C. and 3x4=12": "10 km , 5 ° C . and 3x4=12",
    "well...okay --- fine": "well ... okay --- fine",
    "C++ and/or w/o :-) ^_^": "C++ and/or w/o :-) ^_^",
    "100€ US$20 20US$": "100 € US$ 20 20 US$",
    "x\u00a0y\u3000z\n\tw ": "x y z w",
    "👩\u200d💻😀!!": "👩 \u200d 💻 😀 ! !",
    "a .b (a.m.)": "a .b ( a.m. )",
    "end.Start a.b.C 1.2.3.4 127.0.0.1:80/x": "end . Start a.b . C 1.2.3.4 127.0.0.1:80 / x",
    "": "",
    " \n": "",
}
SENTENCES = {
    "One. Two! Three?": ["One.", "Two!", "Three?"],
    "He said so. “Really?” she asked.": ["He said so. “", "Really?”", "she asked."],
    "Dr. No met Mr. Bean. They left.": ["Dr. No met Mr. Bean.", "They left."],
    "Done.\nNext": ["Done.", "Next"],
    "Done.\n.": ["Done.", "."],
    "no end": ["no end"],
    "  ": [],
}


def native(spark: SparkSession, texts: Iterable[str], languages: Iterable[str] = ()) -> list[Found]:
    """The results of SQL's `words` and `sentences` for each text, from one job; English by default."""
    rows = [
        (n, text, language) for n, (text, language) in enumerate(zip(texts, languages or repeat("en"), strict=False))
    ]
    frame = spark.createDataFrame(rows, "n int, text string, language string").repartition(4)
    found = frame.selectExpr("n", "words(text, language) as words", "sentences(text, language) as sentences").collect()
    return [(row.words, row.sentences) for row in sorted(found, key=lambda row: int(row.n))]


def assert_as_spacy(spark: SparkSession, texts: list[str]) -> None:
    for text, found in zip(texts, native(spark, texts), strict=True):
        assert found == words_and_sentences(text), text


def test_literals(spark: SparkSession) -> None:
    assert [" ".join(words) for words, _ in native(spark, WORDS)] == list(WORDS.values())
    assert [sentences for _, sentences in native(spark, SENTENCES)] == list(SENTENCES.values())


def test_the_oracle_agrees_with_the_literals() -> None:
    assert [" ".join(words_and_sentences(text)[0]) for text in WORDS] == list(WORDS.values())
    assert [words_and_sentences(text)[1] for text in SENTENCES] == list(SENTENCES.values())


def test_special_cases_alone_and_in_context(spark: SparkSession) -> None:
    frames = ("{0}", "({0}),", "x{0}", "{0}x", "{0}.", ". {0} {0}", "{0}{0}", "“{0}”-{0}")
    texts = [frame.format(case) for case in special_cases() for frame in frames]
    texts += ["-".join(case) for case in special_cases()] + [" ".join(case) for case in special_cases()]
    assert_as_spacy(spark, texts)


def test_random_texts(spark: SparkSession) -> None:
    texts = [text for text in draw(TEXTS, 2000) if "IS_ALPHA" not in text]
    assert len(texts) > 1500
    assert_as_spacy(spark, texts)


@some_and_all
def test_real_pages(spark: SparkSession, shared_data: Path, every: int) -> None:
    assert_as_spacy(spark, real_texts(shared_data, every))


def test_sentences_of_many_languages_read_as_english(spark: SparkSession, shared_data: Path) -> None:
    lines = (shared_data / "langid" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [str(json.loads(line)["text"]) for line in lines]
    assert_as_spacy(spark, texts)


def test_other_languages(spark: SparkSession) -> None:
    cases = {
        "zh": ("我喜欢吃苹果。", "我 喜欢 吃 苹果 。", 1),
        "ja": ("雨です。傘を。", "雨 です 。 傘 を 。", 2),
        "th": ("ภาษาไทยง่าย", "ภาษาไทย ง่าย", 1),
        "tha_Thai": ("ภาษาไทยง่าย", "ภาษาไทย ง่าย", 1),
        "hi": ("यह है। क्यों?", "यह है । क्यों ?", 2),
        "de": ("Wie geht’s? Die E-Mail!", "Wie geht’s ? Die E-Mail !", 2),
        "ko": ("책을 읽습니다.", "책 을 읽습니 다 .", 1),
        "no-such-code": ("a b", "a b", 1),
    }
    found = native(spark, [text for text, _, _ in cases.values()], cases)
    assert [(" ".join(words), len(sentences)) for words, sentences in found] == [case[1:] for case in cases.values()]


def test_a_null_language_is_that_of_the_script(spark: SparkSession) -> None:
    row = spark.sql("select words('我喜欢吃苹果', null) zh, words(\"can't\", null) en, words('है।', '') hi").first()
    assert row is not None
    assert (row.zh, row.en, row.hi) == (["我", "喜欢", "吃", "苹果"], ["ca", "n't"], ["है", "।"])


def test_null_in_null_out(spark: SparkSession) -> None:
    row = spark.sql("select words(cast(null as string), 'en') w, sentences(cast(null as string), 'en') s").first()
    assert row is not None
    assert (row.w, row.s) == (None, None)


def test_korean_is_cut_at_spaces_and_before_particles(spark: SparkSession) -> None:
    dice = random.Random(1)
    texts = ["".join(dice.choices("가는에서으로학교책을읽었다. a1(,", k=dice.randint(1, 40))) for _ in range(500)]
    korean, spaced = (native(spark, texts, repeat(language)) for language in ("ko", "ru"))
    assert [found for found, _ in korean] == [particles(found) for found, _ in spaced]
    assert [found for found, _ in korean] != [found for found, _ in spaced]
