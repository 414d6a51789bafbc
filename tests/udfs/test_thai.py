"""Thai words, equal to those of the oracle."""

from __future__ import annotations

import json
import random
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from tests.oracles.thai import dictionary, words
from tests.udfs.test_words import native

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LITERALS = {
    "ภาษาไทยง่าย 3.5 บาท": "ภาษาไทย ง่าย 3.5 บาท",
    "ดร. สมชาย เวลา 16:42 น.": "ดร. สม ชาย เวลา 16:42 น.",
    "lib_2.7.so (abc) ราคา 1,250.50": "lib _2.7.so (abc) ราคา 1,250.50",
    "ฟฟฟฟก๊กกก": "ฟฟฟฟ ก๊ก กก",
    "😀ก😀 ๑,๒๓๔.๕": "😀 ก 😀 ๑,๒๓๔.๕",
    " \r\n": "",
}


def test_literals() -> None:
    assert {text: " ".join(words(text)) for text in LITERALS} == LITERALS


def test_words_equal_the_oracles(spark: SparkSession, shared_data: Path) -> None:
    dice = random.Random(1)
    known = sorted(dictionary())
    texts = ["".join(dice.choices("กขคงนมรสอะาิุเแไ็่้์ๆั .,1a-é😀\n", k=dice.randint(1, 40))) for _ in range(400)]
    texts += ["".join(dice.choices(known, k=6)) for _ in range(100)]
    lines = (shared_data / "langid" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    texts += [row["text"] for row in map(json.loads, lines) if row["language"] == "th"]
    found = native(spark, [*LITERALS, *texts], repeat("th"))
    wrong = [text for text, (mine, _) in zip([*LITERALS, *texts], found, strict=True) if mine != words(text)]
    assert len(found) > 500
    assert wrong == []
