"""The order of survivors that a recipe defines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from decantry.jobs.dedup.order import rank
from decantry.jobs.process.errors import UserError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

COLUMNS = "id string, stars double, host string, text string"


@pytest.fixture
def frame(spark: SparkSession) -> DataFrame:
    rows = [("few", 1.0, "b.example", "four"), ("many", 5.0, "a.example", "sixsix"), ("none", None, None, "")]
    return spark.createDataFrame(rows, COLUMNS)


@pytest.mark.parametrize(
    ("keep", "order"),
    [
        (["stars"], ["few", "many", "none"]),
        (["stars desc"], ["many", "few", "none"]),
        (["host"], ["many", "few", "none"]),
        (["longest_text"], ["many", "few", "none"]),
    ],
)
def test_numbers_either_way_words_and_lengths_and_nulls_last(
    frame: DataFrame, keep: list[str], order: list[str]
) -> None:
    assert [row["id"] for row in frame.orderBy(rank(frame, keep, "near_duplicates")).collect()] == order


def test_a_missing_column_is_refused(frame: DataFrame) -> None:
    with pytest.raises(UserError, match="near_duplicates keeps by size, which documents do not have there; they have"):
        rank(frame, ["size"], "near_duplicates")
