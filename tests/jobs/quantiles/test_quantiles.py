"""Quantiles in Spark compared with their oracle, on random rows in many groups, cut into several ranges."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.quantiles.buckets import bucketed
from decantry.jobs.quantiles.top import roughly_top, top
from tests.oracles import quantiles

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

Rows = dict[int, list[tuple[str, float, int]]]
"""By group, rows of id, value and weight."""
GROUPS = 30
HUGE = 10**15
"""The bytes of a petabyte, so a float cannot represent sums exactly."""


@pytest.fixture(scope="module")
def three_ranges(spark: SparkSession) -> Iterator[None]:
    before = spark.conf.get("spark.sql.shuffle.partitions") or "1"
    spark.conf.set("spark.sql.shuffle.partitions", "3")
    yield
    spark.conf.set("spark.sql.shuffle.partitions", before)


def made(seed: int, groups: int = GROUPS, most: int = 40) -> Rows:
    """Groups of ties, of constants, of distinct values; weights that are nothing, small or huge."""
    chance = random.Random(seed)
    rows: Rows = {}
    for group in range(groups):
        values = chance.choice([[0.5], [0.0, 0.25, 1.0], [chance.uniform(-3, 3) for _ in range(most)]])
        weights = chance.choice([[1], [0], [0, 1, 2, 3], [HUGE - 1, HUGE, 7], list(range(1, 5000))])
        count = chance.choice([1, 2, 3, 10, 20, most])
        names = chance.sample(range(10_000), count)
        rows[group] = [(f"{group}-{n:04}", chance.choice(values), chance.choice(weights)) for n in names]
    return rows


def frame(spark: SparkSession, rows: Rows) -> DataFrame:
    flat = [(group, *row) for group, mine in rows.items() for row in mine]
    random.Random(1).shuffle(flat)
    return spark.createDataFrame(flat, "group int, id string, value double, weight bigint")


def stage(name: str, frame: DataFrame) -> DataFrame:
    return frame.localCheckpoint()


@pytest.mark.usefixtures("three_ranges")
def test_the_top_is_the_oracles(spark: SparkSession) -> None:
    rows = made(3)
    found = top(frame(spark, rows), ["group"], 0.07, stage).collect()
    assert len(found) == sum(map(len, rows.values()))
    assert {row["id"] for row in found if row["kept"]} == {
        i for mine in rows.values() for i in quantiles.kept(mine, "0.07")
    }
    assert all(row["kept"] == (row["share_before"] < 0.07) for row in found)


@pytest.mark.usefixtures("three_ranges")
def test_buckets_are_the_oracles(spark: SparkSession) -> None:
    rows = made(4)
    found = {
        (r["group"], r["value"]): r["bucket"] for r in bucketed(frame(spark, rows), ["group"], 20, stage).collect()
    }
    for group, mine in rows.items():
        wanted = quantiles.buckets([(value, weight) for _, value, weight in mine], 20)
        assert [found[group, value] for _, value, _ in mine] == wanted
    assert set(found.values()) == set(range(20))


@pytest.mark.slow  # the fast suite has a smaller one: tests/jobs/steps/test_select_top.py
def test_the_rough_top_of_few_rows_is_the_exact_one_and_its_ties(spark: SparkSession) -> None:
    rows = {group: [(i, value, 1) for i, value, _ in mine] for group, mine in made(5, 20).items()}
    found = {row["id"] for row in roughly_top(frame(spark, rows), ["group"], 0.25).where("kept").collect()}
    for mine in rows.values():
        exact = quantiles.kept(mine, "0.25")
        least = min(value for i, value, _ in mine if i in exact)
        assert {i for i, _, _ in mine if i in found} == {i for i, value, _ in mine if value >= least}


@pytest.mark.slow  # many rows
@pytest.mark.usefixtures("three_ranges")
@pytest.mark.parametrize("digits", [1, 2, 17])
def test_many_rows_of_one_group_are_cut_into_ranges(spark: SparkSession, digits: int) -> None:
    chance = random.Random(digits)
    rows = {0: [(f"{n:06}", round(chance.random(), digits), chance.randrange(9)) for n in range(20_000)]}
    ranges: list[int] = []

    def counted(name: str, frame: DataFrame) -> DataFrame:
        made = stage(name, frame)
        ranges.append(made.select("_range").distinct().count())
        return made

    found = top(frame(spark, rows), ["group"], 0.1, counted).where("kept").collect()
    assert {row["id"] for row in found} == quantiles.kept(rows[0], "0.1")
    assert ranges == [3]
