"""A rule at its threshold, below it and above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.steps.rule import Comparison, Rule

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

REMOVED: dict[Comparison, list[int]] = {"<": [1], "<=": [1, 2], ">": [3], ">=": [2, 3], "=": [2]}


def test_what_each_comparison_removes_where_the_threshold_is_two(spark: SparkSession) -> None:
    frame = spark.createDataFrame([(1,), (2,), (3,), (None,)], "words int")
    rules = {sign: Rule("rule", "words", sign, 2) for sign in REMOVED}
    broken = [rule.breaks(F.struct("words")).alias(sign) for sign, rule in rules.items()]
    rows = frame.select("words", *broken).collect()
    assert {sign: [row["words"] for row in rows if row[sign]] for sign in REMOVED} == REMOVED
    assert not any(row[sign] is None for row in rows for sign in REMOVED)


def test_what_is_not_among_the_names_is_removed(spark: SparkSession) -> None:
    frame = spark.createDataFrame([("en",), ("de",), (None,)], "language string")
    rule = Rule("other", "language", "not in", ("en", "fr"))
    found = frame.select("language", rule.breaks(F.struct("language")).alias("broken")).collect()
    assert [tuple(row) for row in found] == [("en", False), ("de", True), (None, False)]
