"""Chinese words, equal to those of the oracle."""

from __future__ import annotations

import json
import random
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING

from tests.oracles.chinese import knowledge, words
from tests.udfs.test_words import native

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LITERALS = {
    "我来到北京清华大学": "我 来到 北京 清华大学",
    "他来到了网易杭研大厦": "他 来到 了 网易 杭研 大厦",
    "AT&T卖T恤": "AT&T 卖 T恤",
    "哈亚哈": "哈亚 哈",
    "一九": "一 九",
    "共 lib_2.7.so 约3.5%的API-key...完": "共 lib _ 2.7 . so 约 3.5% 的 API - key ... 完",
    "你好！！\r\n\u3000「café」ひ한😀１２㐀": "你好 ！ ！ 「 caf é 」 ひ 한 😀 １ ２ 㐀",
    " \r\n": "",
}
"""What jieba 0.42.1 in spaCy 3.8 and datatrove 0.10.1 makes of these texts."""


def test_literals() -> None:
    assert {text: " ".join(words(text)) for text in LITERALS} == LITERALS


def test_words_equal_the_oracles(spark: SparkSession, shared_data: Path) -> None:
    lines = (shared_data / "langid" / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [row["text"] for row in map(json.loads, lines) if row["language"] in ("zh", "ja")]
    dice = random.Random(1)
    common = [character for text in texts for character in text if "\u4e00" <= character <= "\u9fd5"]
    rare = list(map(chr, range(0x4E00, 0x9FFF)))
    known = sorted(knowledge().weights)
    marks = list("aTZ09+#&._%- \n\r\t。，é﹏が한я😀\x1c\x85\u2028\u3000")
    for some in (common, rare, known, marks, [*dice.choices(known, k=100), *marks, *common[:200], *rare[:50]]):
        texts += ["".join(dice.choices(some, k=dice.randint(1, 40))) for _ in range(150)]
    found = native(spark, [*LITERALS, *texts], repeat("zh"))
    wrong = [text for text, (mine, _) in zip([*LITERALS, *texts], found, strict=True) if mine != words(text)]
    assert len(found) > 1000
    assert wrong == []
