"""Texts without their repeated paragraphs, in time linear in their number."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.dedup.paragraphs import what_was_cut, without

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

CUTS = "array<struct<paragraph:int,first_id:string,first_paragraph:int>>"


def documents(spark: SparkSession, texts: list[tuple[str, list[int] | None]]) -> DataFrame:
    rows = [(text, None if cut is None else [(at, "a", 0) for at in cut]) for text, cut in texts]
    return spark.createDataFrame(rows, f"text string, cuts {CUTS}")


def test_lines_that_are_removed_and_lines_that_are_kept(spark: SparkSession) -> None:
    made = documents(spark, [("a\nb\n\na\nc", [3]), ("a\nb", [0, 1]), ("a\n", []), ("", None), ("a\nb", None)])
    found = made.select(without("text", "cuts").alias("left"), what_was_cut("text", "cuts")["text"].alias("gone"))
    assert [(row["left"], row["gone"]) for row in found.collect()] == [
        ("a\nb\n\nc", ["a"]),
        ("", ["a", "b"]),
        ("a\n", []),
        ("", None),
        ("a\nb", None),
    ]


def worked(spark: SparkSession) -> float:
    """The processor time that Java's threads have used so far, in seconds."""
    java = spark.sparkContext._gateway.proc.pid  # type: ignore[union-attr]
    fields = Path(f"/proc/{java}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_a_page_that_repeats_one_line_takes_linear_work(spark: SparkSession) -> None:
    def work(lines: int) -> float:
        text = F.array_join(F.array_repeat(F.lit("the same line"), lines), "\n")
        place = F.transform(F.sequence(F.lit(1), F.lit(lines - 1)), lambda at: F.struct(at.alias("paragraph")))
        made = spark.range(1).select(text.alias("text"), place.alias("cuts")).localCheckpoint()
        least = 1e9
        for _ in range(3):
            before = worked(spark)
            (row,) = made.select(without("text", "cuts").alias("left")).collect()
            least = min(least, worked(spark) - before)
            assert row["left"] == "the same line"
        return least

    work(10)
    assert work(160_000) < 8 * max(work(40_000), 0.1), "four times as many lines; sixteen times would be quadratic"
