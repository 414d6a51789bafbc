from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyspark.sql import functions as F

from decantry.jobs.explore.report.bins import BINS, Range
from decantry.jobs.explore.report.contents import Threshold
from decantry.jobs.explore.report.counts import bin_of
from decantry.jobs.explore.report.measures import measures, passing, thresholds_of, values_of
from decantry.jobs.recipe.load import load, parse

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

RECIPE = """
recipe: short
title: Short texts
steps:
  - gopher_quality: {min_words: 50}
  - fineweb_quality: {}
"""


def test_thresholds_are_those_of_numbers() -> None:
    found = thresholds_of(load("fineweb"))
    assert found["language.language_score"] == (Threshold("low_score", "<=", 0.65),)
    assert found["gopher_quality.words"] == (Threshold("short_doc", "<", 50), Threshold("long_doc", ">", 100_000))
    assert not [name for name in found if name.startswith(("url_filter", "near_duplicates"))]
    assert "gopher_repetition.characters" not in found


def test_documents_are_counted_where_they_were_reached_and_by_language(spark: SparkSession) -> None:
    words, lists = "gopher_quality.words", "fineweb_quality.list_ratio"
    rows = [("en", "", {words: 400.0, lists: 0.1})] * 5 + [("de", "gopher_quality", {words: 20.0, lists: 0.9})] * 3
    rows += [("xx", "fineweb_quality", {words: 90.0, lists: 0.8, "fineweb_quality.char_dup_ratio": float("nan")})]
    frame = spark.createDataFrame(rows, "language string, step string, signals map<string,double>")
    recipe = parse(RECIPE, "a test")
    first, second = measures(frame.withColumn("values", values_of(recipe)), recipe, ("en", "de"))
    assert (first.step, first.name, first.reached.documents, first.reached.median) == (
        "gopher_quality",
        "words",
        9,
        400,
    )
    assert [(name, bars.documents) for name, bars in first.languages] == [("en", 5), ("de", 3), ("others", 1)]
    assert first.reached.range.logarithmic
    assert (second.name, second.reached.documents) == ("list_ratio", 6)
    assert [(name, bars.documents) for name, bars in second.languages] == [("en", 5), ("de", 3), ("others", 1)]


@pytest.mark.parametrize(
    ("signs", "removed"),
    [(["<"], [1]), (["<="], [1, 2]), ([">"], [3]), ([">="], [2, 3]), (["<", ">"], [1, 3])],
)
def test_a_value_that_equals_the_threshold_passes_as_the_rule_says(signs: list[str], removed: list[int]) -> None:
    least, greatest = passing([Threshold("rule", sign, 2) for sign in signs])
    assert [value for value in (1, 2, 3) if value < least or value > greatest] == removed


def test_documents_at_the_threshold_are_not_counted_as_removed(spark: SparkSession) -> None:
    """The bin of the value 2 begins below 2, so that its middle is beyond the threshold, but no document is."""
    name = "gopher_quality.stop_words"
    rows = [("en", "gopher_quality", {name: 1.0})] * 3 + [("en", "", {name: float(n)}) for n in (2, 2, 8)]
    frame = spark.createDataFrame(rows, "language string, step string, signals map<string,double>")
    recipe = parse(RECIPE, "a test")
    (found,) = measures(frame.withColumn("values", values_of(recipe)), recipe, ("en",))
    assert [pair for pair in zip(found.reached.counts, found.reached.removed, strict=True) if pair[0]] == [
        (3, 3),
        (2, 0),
        (1, 0),
    ]


def test_spark_and_the_page_agree_on_bins(spark: SparkSession) -> None:
    values = [-4.0, 0.0, 0.02, 0.3, 1.0, 9.0, 99.0, 1e6, 1e9]
    frame = spark.createDataFrame([(value,) for value in values], "value double")
    for range_ in (Range(0, 1), Range(0, 6, logarithmic=True)):
        column = bin_of(F.col("value"), F.lit(range_.low), F.lit(range_.high), F.lit(range_.logarithmic))
        found = [row[0] for row in frame.select(column).collect()]
        assert found == [min(max(int(range_.place(value) * BINS), 0), BINS - 1) for value in values]


def test_a_recipe_without_thresholds_has_no_histograms(spark: SparkSession) -> None:
    recipe = parse("recipe: near\nsteps:\n  - near_duplicates: {}\n", "a test")
    frame = spark.createDataFrame(
        [("en", "", {"a.b": 1.0})], "language string, step string, signals map<string,double>"
    )
    assert measures(frame.withColumn("values", values_of(recipe)), recipe, ("en",)) == ()
