"""`once` prevents Spark from copying an expression: the evaluations are counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from pyspark.errors import AnalysisException
from pyspark.sql import functions as F

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

FIELDS = ("lines", "line_punct_ratio", "short_line_ratio", "list_ratio")


def calls(spark: SparkSession, function: str, act: Callable[[], object]) -> int:
    """How often the native function ran while `act` did."""
    counter = spark._jvm.org.decantry.Calls  # type: ignore[union-attr]
    before = counter.count(function)
    act()
    return int(counter.count(function) - before)


def four_fields_and_a_filter(texts: DataFrame, measured: Column) -> DataFrame:
    frame = texts.withColumn("m", measured).withColumn("short", F.col("m.short_line_ratio") > 0.5)
    return frame.where("m.lines >= 0").select("short", *(F.col("m")[field] for field in FIELDS))


@pytest.fixture(scope="module")
def texts(spark: SparkSession) -> DataFrame:
    rows = [(f"A line.\nAnother line, number {n}.",) for n in range(20)]
    return spark.createDataFrame(rows, "text string").repartition(3).localCheckpoint()


def test_once_is_evaluated_once_for_each_row(spark: SparkSession, texts: DataFrame) -> None:
    measured = F.call_function("once", F.call_function("fineweb_quality", F.col("text")))
    frame = four_fields_and_a_filter(texts, measured)
    assert calls(spark, "fineweb_quality", frame.collect) == 20


def test_without_once_spark_evaluates_it_again(spark: SparkSession, texts: DataFrame) -> None:
    frame = four_fields_and_a_filter(texts, F.call_function("fineweb_quality", F.col("text")))
    assert calls(spark, "fineweb_quality", frame.collect) > 20


def test_a_branch_that_is_not_taken_is_not_evaluated(spark: SparkSession, texts: DataFrame) -> None:
    some = F.when(F.col("text").contains("number 1"), F.call_function("fineweb_quality", F.col("text")))
    frame = four_fields_and_a_filter(texts, F.call_function("once", some))
    assert calls(spark, "fineweb_quality", frame.collect) == 11


def test_native_functions_are_deterministic_for_users_and_once_is_not(texts: DataFrame) -> None:
    lines = F.call_function("fineweb_quality", F.col("text"))["lines"]
    assert texts.groupBy(lines.alias("lines")).count().collect() == [(2, 20)]
    assert texts.alias("a").join(texts.alias("b"), F.expr("size(words(a.text)) = size(words(b.text))")).count() == 400
    with pytest.raises(AnalysisException):
        texts.groupBy("text").agg(F.sum(F.call_function("once", lines))).collect()


def test_a_wrong_number_of_arguments_is_refused(spark: SparkSession) -> None:
    with pytest.raises(Exception, match="words takes 1 to 2 arguments, not 3"):
        spark.sql("select words('a', 'en', 'b')").collect()


@pytest.mark.parametrize(
    ("call", "complaint"),
    [
        ("minhash(text, n, 14, 8, 1)", "minhash: ngram has to be a constant"),
        ("minhash(text, 5, 0, 8, 1)", "minhash: bands has to be a number above 0, not 0"),
        ("minhash(text, 5, 14, 8, null)", "minhash: seed has to be given, not null"),
        ("c4_lines(text, n > 0)", "c4_lines: terminal_punctuation has to be a constant"),
        ("fineweb_quality(text, -1)", "fineweb_quality: short_line_length has to be a number above 0, not -1"),
    ],
)
def test_a_wrong_setting_is_refused_before_anything_runs(spark: SparkSession, call: str, complaint: str) -> None:
    with pytest.raises(AnalysisException, match=complaint):
        spark.sql(f"select {call} from values ('a', 1) as t(text, n)")


def test_a_setting_may_be_computed_from_constants(spark: SparkSession) -> None:
    row = spark.sql("select fineweb_quality('abcd\nabcde', 2 + 2).short_line_ratio").first()
    assert row == (0.5,)


def test_null_in_null_out(spark: SparkSession) -> None:
    names = ("words", "sentences", "gopher_repetition", "gopher_quality", "c4_lines", "fineweb_quality")
    row = spark.sql(f"select {', '.join(f'{name}(cast(null as string))' for name in names)}").first()
    assert row is not None
    assert list(row) == [None] * len(names)
