"""A rule at its threshold, below it and above it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.steps.rule import Comparison, Rule

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

REMOVED: dict[Comparison, list[int]] = {"<": [1], "<=": [1, 2], ">": [3], ">=": [2, 3], "=": [2]}


def test_each_comparison_at_a_threshold_of_two(spark: SparkSession) -> None:
    frame = spark.createDataFrame([(1,), (2,), (3,), (None,)], "words int")
    rules = {sign: Rule("rule", "words", sign, 2) for sign in REMOVED}
    broken = [rule.breaks(F.struct("words")).alias(sign) for sign, rule in rules.items()]
    rows = frame.select("words", *broken).collect()
    assert {sign: [row["words"] for row in rows if row[sign]] for sign in REMOVED} == REMOVED
    assert not any(row[sign] is None for row in rows for sign in REMOVED)


def test_documents_in_other_languages_are_removed(spark: SparkSession) -> None:
    frame = spark.createDataFrame([("en",), ("de",), (None,)], "language string")
    rule = Rule("other", "language", "not in", ("en", "fr"))
    found = frame.select("language", rule.breaks(F.struct("language")).alias("broken")).collect()
    assert [tuple(row) for row in found] == [("en", False), ("de", True), (None, False)]


def test_the_threshold_is_the_languages_or_none_or_the_rules(spark: SparkSession) -> None:
    frame = spark.createDataFrame(
        [("own", 5.0, (4.0,)), ("off", 5.0, (None,)), ("none", 5.0, None), ("kept", 4.0, (4.0,))],
        "id string, length double, limits struct<most: double>",
    )
    rule = Rule("long", "length", ">", 4.5, limit="most")
    broken = rule.breaks(F.struct("length"), F.col("limits")).alias("broken")
    rows = frame.select("id", "limits", broken, rule.bound(F.col("limits")).alias("bound")).collect()
    assert [(row["id"], row["broken"], row["bound"]) for row in rows] == [
        ("own", True, 4.0),
        ("off", False, None),
        ("none", True, 4.5),
        ("kept", False, 4.0),
    ]
    texts = {row["id"]: str(rule.of(row["limits"])) for row in rows}
    assert texts == {"own": "length > 4", "off": "length > inf", "none": "length > 4.5", "kept": "length > 4"}
    assert str(rule) == "length > the language's most"
