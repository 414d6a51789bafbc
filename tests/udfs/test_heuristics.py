"""The measurements of published heuristics compared with their oracles: random, odd and real texts, in one job."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import strategies as st
from pyspark.sql import functions as F

from tests.oracles import bad_words, curator, massiveweb, refinedweb, zhtw
from tests.oracles.random_text import PIECES, draw
from tests.udfs.measurements import EDGES, assert_equal, real_texts, same_unicode

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

BAD = ["darn", "bad luck", "é", "日"]
PHRASES = (
    *("the ", "The", "a b ", "we ", "Item ", "\n", "\n\n", "\n\n\n", " ", "MENU", "12", "٣", "²", "Ⅷ", "ⓐ", "ǅ", "İı"),
    *("3 likes", "1,2.5K views!", "•4 \u212aFOLLOWERS", "items in cart", "ITEMS İN CART", "read more..."),
    *("Read more now", "Sign-in", "sıgn-in now", "READ MORE…..", "example.com", "http://a.org/x?y=1", "ftp://x.de,"),
    *(
        "https://10.0.0.1:8/x",
        "a@b.co.uk",
        "1.2.3.4",
        "300.1.1.1",
        "v1.2",
        "x.рус",
        ".com.рус",
        "e.g.",
        ".com",
        "#",
        "##",
        "...",
    ),
    *(". . .", "…", "[…]", "•", "- ", "● ", "* ", "(", "}", "⟨", "\t", "\b", "lorem ipsum", "Privacy Policy", "ſ"),
    *("use coo\u212aies", "read more..", "darn", "bad luck", "undarned", "É", "日本", "{", "JavaScript", "我們", "的"),
    *("這個 ", "云", "学", "學", "。", "，", "」", "|", "one two three four five six seven eight nine ten eleven"),
    *("w" * 1001, "x" * 99 + "…"),
)
TEXTS = st.lists(st.one_of(st.sampled_from(PHRASES), st.sampled_from(" \n"), PIECES), max_size=50).map("".join)
FEW_WORDS = st.lists(st.sampled_from(("a", "the", "ab.", "ba", "c", "\n", "\n\n")), max_size=120).map(" ".join)
ODD = "İıſ\u212a_é٣²\u0301\x1f\u3000"
CALLS = {
    "massiveweb_quality": (),
    "massiveweb_repetition": (),
    "remove_urls": (),
    "refinedweb_lines": (),
    "curator_heuristics": (),
    "zhtw_quality": ("zh",),
    "zhtw_lines": ("zh",),
    "zhtw_layout": ("zh",),
}


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("lists") / "bad"
    path.write_text("\n".join(BAD) + "\n\n", encoding="utf-8")
    return path


def taken(spark: SparkSession, texts: Sequence[str], listed: Path) -> dict[str, list[Any]]:
    """What each function gives for each text, and its words."""
    calls = {
        **{name: (name, *more) for name, more in CALLS.items()},
        "bounds": ("unicode_words",),
        "zh": ("words", "zh"),
    }
    calls |= {f"bad_{code}": ("bad_words", code, str(listed)) for code in ("en", "jpn_Jpan")}
    columns = {key: F.call_function(name, F.col("text"), *map(F.lit, more)) for key, (name, *more) in calls.items()}
    frame = spark.createDataFrame(list(enumerate(texts)), "i int, text string").repartition(2)
    rows = sorted(frame.select("i", *(column.alias(key) for key, column in columns.items())).collect())
    return {key: [row[key].asDict() if hasattr(row[key], "asDict") else row[key] for row in rows] for key in columns}


@pytest.fixture(scope="module")
def odd(spark: SparkSession, listed: Path) -> tuple[list[str], dict[str, list[Any]]]:
    texts = [*EDGES, *PHRASES, *draw(TEXTS, 250), *draw(FEW_WORDS, 80)]
    texts += [f"The{c}. {c}darn{c} http{c}://a.com{c} Sign-in{c}x\n{c}\nitem{c}s in cart" for c in ODD]
    return texts, taken(spark, texts, listed)


ORACLES: dict[str, Callable[[str, list[str], list[str]], Any]] = {
    "massiveweb_quality": lambda text, bounds, zh: massiveweb.quality(text),
    "massiveweb_repetition": lambda text, bounds, zh: massiveweb.repetition(text, lambda _: bounds),
    "remove_urls": lambda text, bounds, zh: {"text": refinedweb.without_urls(text)},
    "refinedweb_lines": lambda text, bounds, zh: refinedweb.lines(text),
    "curator_heuristics": lambda text, bounds, zh: curator.measure(text),
    "zhtw_quality": lambda text, bounds, zh: zhtw.quality(text, zh),
    "zhtw_lines": lambda text, bounds, zh: zhtw.lines(text, zh),
    "zhtw_layout": lambda text, bounds, zh: zhtw.layout(text, zh),
    "bad_en": lambda text, bounds, zh: {"bad_words": bad_words.count(text, BAD)},
    "bad_jpn_Jpan": lambda text, bounds, zh: {"bad_words": bad_words.count(text, BAD, anywhere=True)},
}


@same_unicode
@pytest.mark.parametrize("name", list(ORACLES))
def test_random_and_odd_texts(name: str, odd: tuple[list[str], dict[str, list[Any]]]) -> None:
    compare(name, *odd)
    assert len({str(value) for value in odd[1][name]}) > 1


def test_real_texts(spark: SparkSession, listed: Path, shared_data: Path) -> None:
    texts = real_texts(shared_data, 46)
    found = taken(spark, texts, listed)
    for name in ORACLES:
        compare(name, texts, found)


def compare(name: str, texts: list[str], found: dict[str, list[Any]]) -> None:
    ours = [{"text": value} if isinstance(value, str) else value for value in found[name]]
    oracle = [ORACLES[name](*given) for given in zip(texts, found["bounds"], found["zh"], strict=True)]
    assert_equal(texts, ours, oracle)
