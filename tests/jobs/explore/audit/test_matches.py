"""Benchmark questions in documents of languages that write no spaces between words."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.explore.audit.benchmarks import Question
from decantry.jobs.explore.audit.contents import Benchmark, Text
from decantry.jobs.explore.audit.matches import found_in
from decantry.jobs.explore.audit.scratch import Scratch

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

ASKED = {
    "zh": "今天的天气非常好，我们决定一起去公园散步，然后在湖边吃午饭，你想吃什么？",
    "ja": "今日は天気がとても良いので、私たちは公園に散歩に行くことにしましたか？",
    "th": "วันนี้อากาศดีมากเราจึงตัดสินใจไปเดินเล่นที่สวนสาธารณะด้วยกันไหม",
}
"""A question of more than eight words each."""
AROUND = {"zh": "老师问了大家一个问题。", "ja": "先生が質問しました。", "th": "ครูถามว่า "}


def test_questions_without_spaces_between_words_are_found(spark: SparkSession, tmp_path: Path) -> None:
    rows = [(of, f"{AROUND[of]}{text} {AROUND[of]}") for of, text in ASKED.items()]
    documents = spark.createDataFrame([*rows, ("other", AROUND["zh"] * 9)], "id string, text string")
    asked = [Question(of, text) for of, text in ASKED.items()]

    def texts(wanted: dict[str, float | None]) -> dict[str, Text]:
        return {name: Text(name, name, 0, "") for name in wanted}

    found, matches = found_in(documents, asked, Scratch(spark, str(tmp_path)), texts)
    assert found == tuple(Benchmark(of, 1, 1, 1) for of in ("ja", "th", "zh"))
    assert {(match.benchmark, match.example.name, match.documents) for match in matches} == {
        (of, of, 1) for of in ASKED
    }
