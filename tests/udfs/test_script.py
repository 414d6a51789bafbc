from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.oracles.script import script_of
from tests.udfs.evaluate import EDGES, evaluate

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("plain words", "Latn"),
        ("Žluťoučký kůň", "Latn"),
        ("Съешь ещё булок (bread)", "Cyrl"),
        ("Καλημέρα κόσμε", "Grek"),
        ("صباح الخير", "Arab"),
        ("שלום עולם", "Hebr"),
        ("नमस्ते दुनिया", "Deva"),
        ("สวัสดีชาวโลก", "Thai"),
        ("你好，世界", "Hani"),
        ("日本語のテキストです", "Jpan"),
        ("カタカナ", "Jpan"),
        ("漢字" * 30 + "の", "Hani"),
        ("안녕하세요 세계", "Hang"),
        ("გამარჯობა", "Geor"),
        ("ab вг", "Cyrl"),
        ("1234 !?", None),
        ("😀😀", None),
        ("\u0301\u0302", None),
        ("", None),
        ("\ud800 x", "Latn"),
    ],
)
def test_the_script_with_the_most_letters_is_chosen(text: str, script: str | None) -> None:
    assert script_of(text) == script


def test_the_native_function_agrees(spark: SparkSession) -> None:
    letters = [chr(point) for point in range(0x32000) if not 0xD800 <= point < 0xE000]
    stretches = ["".join(letters[at : at + 16]) for at in range(0, len(letters), 16)]
    texts = [*EDGES, *stretches, "漢字" * 30 + "の", "漢字の", "ab вг", "1234 !?"]
    assert evaluate(spark, "script_of", texts) == [script_of(text) or "" for text in texts]
