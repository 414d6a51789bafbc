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
SENTENCES = """
港口 的 石墙 用 了 三个 夏天 才 建成 ， 工人 们 每天 清晨 就 开始 搬运 石块 。
李明华 教授 在 南京大学 讲授 材料力学 ， 他 的 学生 都 很 喜欢 他 的 课 。
這座 燈塔建 於 一九三二年 ， 至今 仍然 指引 漁船 回港 。
台北 捷運 淡水 線 的 末班 車在 午夜 十二 點 左右 發車 。
她 买 了 两斤 苹果 、 一把 芹菜 和 半只 烤鸭 ， 一共 花 了 86.5 元 。
机器翻译 系统 需要 大量 的 双语 语料 ， 数据 清洗 是 第一步 。
结婚 的 和 尚未 结婚 的 都 要 来 登记 。
他 说 的 确实 在理 ， 我们 应该 听取 他 的 意见 。
长春市 长春 药店 的 店长 叫 欧阳 建国 。
从 小学 电脑 的 孩子 长大 后 不 一定 当 程序员 。
請 把 這 份文件 交給 資訊 工程 學系 的 張 老師 。
佢 哋 喺 茶 餐 廳 食 咗 個 菠 蘿 油 ， 跟 住 就 返學 喇 。
人工智能 芯片 的 功耗 比上 一代 降低 了 百分之四十 二 。
雨下 得 很大 ， 但是 比赛 没有 取消 ， 观众们 撑 着 伞 看 完 了 全场 。
王小帅 导演 的 新片 《 地久天长 》 获得 了 银熊奖 。
乒乓球 拍卖 完 了 ， 下周 再来 吧 。
南京市 长江大桥 欢迎您 。
火山灰 覆盖 了 整个 村庄 ， 居民 被迫 撤离 到 邻近 的 县城 。
魑魅魍魉 ， 饕餮 盛宴 ， 彳亍 而行 。
"""
"""Sentences with a space after each of the words that the same jieba finds in them."""
LITERALS |= {line.replace(" ", ""): line for line in SENTENCES.strip().split("\n")}


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
