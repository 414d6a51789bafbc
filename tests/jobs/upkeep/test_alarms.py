"""The alarms of hosts are removed when the hosts are forgotten."""

from __future__ import annotations

from pathlib import Path

from pyspark.sql import SparkSession

from decantry.jobs.checks.alarm import KINDS, Loss, Watched, results
from decantry.jobs.checks.gate import record
from decantry.jobs.lake.lake import Lake
from decantry.jobs.recipe.load import parse
from decantry.jobs.upkeep import alarms


def test_the_alarms_of_a_forgotten_domain_are_removed_and_no_others(spark: SparkSession, tmp_path: Path) -> None:
    lake = Lake(spark, str(tmp_path / "lake"), "run")
    keys = spark.createDataFrame([("domain:shop.example",), ("id:0",)], "key string")
    assert alarms.scrub(lake, keys) == 0  # no checks yet
    hosts = ["shop.example", "www.shop.example", "workshop.example", "example"]
    losses = [Loss("host", host, "near", 2_000, 1_990) for host in hosts]
    losses.append(Loss("source", "/in/shop.example", "near", 2_000, 1_990))
    recipe = parse("recipe: pets\nsteps:\n  - near_duplicates: {name: near}\n", "pets.yaml")
    record(lake, results(recipe, Watched(KINDS, tuple(losses))))
    assert alarms.scrub(lake, keys) == 2
    left = {row["expectation"] for row in lake.read("ops/checks").collect()}
    assert left == {
        "lost_share(host workshop.example, near)",
        "lost_share(host example, near)",
        "lost_share(source /in/shop.example, near)",
        "lost_share(crawl)",
        "lost_share(language)",
    }
    version = lake.version("ops/checks")
    assert (alarms.scrub(lake, keys), lake.version("ops/checks")) == (0, version)
