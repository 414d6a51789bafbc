"""Removed duplicates compared with the kept document by the words of their language."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from decantry.jobs.checks.alarm import Compared
from decantry.jobs.checks.shared_words import compare

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

CLAUSES = ("今天的天气非常好", "我们决定去公园散步", "然后在湖边吃午饭", "晚上大家一起看电影")
KEPT = " ".join(f"{clause}第{number}" for clause in CLAUSES for number in "甲乙丙丁")
GONE = " ".join(f"{clause}第{number}" for clause in CLAUSES for number in "戊己庚辛")
"""The same words but one a clause. Between spaces there is a clause, and no clause is in both."""


def test_chinese_near_duplicates_share_their_words(spark: SparkSession) -> None:
    found = spark.createDataFrame(
        [
            ("c1", "kept-1", "kept-1"),
            ("c1", "older", "kept-1"),
            ("c2", "gone-1", "kept-1"),
            ("c2", "kept-2", "kept-2"),
            ("c2", "gone-2", "kept-2"),
        ],
        "crawl string, id string, survivor string",
    ).selectExpr("*", "survivor AS cluster_id", "2L AS cluster_size")
    documents = spark.createDataFrame(
        [("kept-1", KEPT, "zh"), ("gone-1", GONE, "zh"), ("kept-2", KEPT, None), ("gone-2", GONE, None)],
        "id string, text string, language string",
    )
    asked: list[tuple[set[str], set[str]]] = []

    def texts(crawls: Collection[str], ids: Collection[str]) -> DataFrame:
        asked.append(({*crawls}, {*ids}))
        return documents

    assert compare("near", found, ["c2"], texts, lambda name, frame: frame) == Compared("near", 2, ())
    assert asked == [({"c1", "c2"}, {"kept-1", "gone-1", "kept-2", "gone-2"})]
