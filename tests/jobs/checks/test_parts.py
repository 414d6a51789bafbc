"""What is counted before a publication, on all rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.checks.parts import corpus_counts, verdict_counts

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


def test_an_id_with_two_verdicts_is_found_whatever_they_are(spark: SparkSession) -> None:
    rows = [("A", "1", None), ("A", "2", "c4.where"), ("A", "2", None), ("B", "1", None), ("B", "3", "c4.where")]
    counts, twice = verdict_counts(spark.createDataFrame(rows, "crawl string, id string, removed_by string"))
    assert twice == {"A": 1, "B": 0}
    assert {crawl: sum(mine.values()) for crawl, mine in counts.items()} == {"A": 3, "B": 2}
    assert counts["B"] == {None: 1, "c4.where": 1}


def test_repetitions_of_a_document_have_numbers_and_other_repetitions_are_found(spark: SparkSession) -> None:
    rows = [("A", "1", 0), ("A", "1", 1), ("A", "2", 0), ("B", "1", 0), ("B", "1", 0)]
    found = corpus_counts(spark.createDataFrame(rows, "dump string, id string, copy int"))
    assert sorted(tuple(row) for row in found) == [("A", 3, 2, 0), ("B", 2, 2, 1)]
