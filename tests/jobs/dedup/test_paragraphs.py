"""The text without its repeated paragraphs, in time that grows with their number."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.dedup.paragraphs import what_was_cut, without

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

CUTS = "array<struct<paragraph:int,first_id:string,first_paragraph:int>>"


def documents(spark: SparkSession, texts: list[tuple[str, list[int] | None]]) -> DataFrame:
    rows = [(text, None if cut is None else [(at, "a", 0) for at in cut]) for text, cut in texts]
    return spark.createDataFrame(rows, f"text string, cuts {CUTS}")


def test_lines_that_are_cut_and_lines_that_stay(spark: SparkSession) -> None:
    made = documents(spark, [("a\nb\n\na\nc", [3]), ("a\nb", [0, 1]), ("a\n", []), ("", None), ("a\nb", None)])
    found = made.select(without("text", "cuts").alias("left"), what_was_cut("text", "cuts")["text"].alias("gone"))
    assert [(row["left"], row["gone"]) for row in found.collect()] == [
        ("a\nb\n\nc", ["a"]),
        ("", ["a", "b"]),
        ("a\n", []),
        ("", None),
        ("a\nb", None),
    ]


def test_a_page_of_one_line_ever_again_takes_linear_time(spark: SparkSession) -> None:
    def seconds(lines: int) -> float:
        text = F.array_join(F.array_repeat(F.lit("the same line"), lines), "\n")
        place = F.transform(F.sequence(F.lit(1), F.lit(lines - 1)), lambda at: F.struct(at.alias("paragraph")))
        made = spark.range(1).select(text.alias("text"), place.alias("cuts")).localCheckpoint()
        best = 1e9
        for _ in range(3):
            began = time.perf_counter()
            (row,) = made.select(without("text", "cuts").alias("left")).collect()
            best = min(best, time.perf_counter() - began)
            assert row["left"] == "the same line"
        return best

    seconds(10)
    assert seconds(160_000) < 8 * seconds(40_000), "four times as many lines; sixteen times as long would be quadratic"
