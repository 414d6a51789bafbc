"""Nemotron-CC's quality levels from several scores, from constant scores, and from missing ones."""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

from decantry.jobs.recipe.dump import dump
from decantry.jobs.recipe.load import parse
from decantry.jobs.steps.ensemble_buckets import EnsembleBuckets, levels
from tests.oracles import quantiles

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LEVEL = ["low"] * 7 + ["medium-low"] * 5 + ["medium"] * 6 + ["medium-high", "high"]
"""The quality level of each of the twenty buckets (table 2 of the paper)."""
STEP = EnsembleBuckets.model_validate({"columns": ["one", "two", "three"]})


def made(seed: int, count: int) -> list[tuple[int, list[float | None]]]:
    """Bytes and scores: the second goes with the first, the third is nearly constant; some are missing."""
    chance = random.Random(seed)
    rows: list[tuple[int, list[float | None]]] = []
    for _ in range(count):
        one = round(chance.random(), 2)
        two = one + chance.gauss(0, 0.1)
        scores: list[float | None] = [one, two, chance.choice([0.5, 0.5, 0.5, 0.9])]
        lost = chance.choice([None, math.nan])
        rows.append((chance.randrange(3000), [lost if chance.random() < 0.2 else score for score in scores]))
    return rows


def test_qualities_are_the_oracles_in_each_crawl(spark: SparkSession) -> None:
    rows = {f"c{seed}": made(seed, 60) for seed in range(2)} | {"all lost": [(5, [None, math.nan, None])]}
    flat = [(f"{c}-{at}", None, c, scores, size) for c, mine in rows.items() for at, (size, scores) in enumerate(mine)]
    schema = "id string, removed_by string, _scope string, _scores array<double>, _bytes bigint"
    gone = [("gone", "some.rule", "c1", [9.0, 9.0, 9.0], 10**9)]
    staged = spark.createDataFrame([*flat, *gone], schema)
    found = STEP.find(staged, lambda name, frame: frame.localCheckpoint(), lambda wanted: wanted)
    levels_of = {r["id"]: (r["quality_bucket"], r["quality"]) for r in STEP.apply(staged, found).collect()}
    wanted = {
        f"{crawl}-{at}": (bucket, None if bucket is None else LEVEL[bucket])
        for crawl, mine in rows.items()
        for at, bucket in enumerate(quantiles.highest(mine, 20))
    }
    assert levels_of == wanted | {"gone": (None, None)}
    assert {level for _, level in levels_of.values()} == {None, *LEVEL}


def test_levels_begin_at_the_same_percentiles_of_more_buckets() -> None:
    assert levels(20) == [(19, "high"), (18, "medium-high"), (12, "medium"), (7, "medium-low"), (0, "low")]
    assert levels(100) == [(95, "high"), (90, "medium-high"), (60, "medium"), (35, "medium-low"), (0, "low")]


def test_its_yaml_is_read_as_it_was_written() -> None:
    score = "  - classifier: {model: m.bin, sha256: '" + "0" * 64 + "', label: hq, column: hq}\n"
    recipe = parse(f"recipe: some\nsteps:\n{score}  - ensemble_buckets: {{columns: [hq]}}\n", "some.yaml")
    assert parse(dump(recipe), "dumped") == recipe
    assert recipe.steps[-1].options() == {"columns": ["hq"], "buckets": 20, "scope": "crawl"}
    assert [column.name for column in recipe.corpus().columns][-3:] == ["hq", "quality_bucket", "quality"]
