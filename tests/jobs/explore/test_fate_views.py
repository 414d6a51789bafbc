"""The view `funnel` of a recipe that has changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.curate.job import curate
from decantry.jobs.explore.sql import views
from decantry.jobs.recipe.load import parse
from tests.jobs.curate.corpora import lake_with

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

OLD = """
recipe: marks
steps:
  - where: {name: not_red, keep: "text <> 'red'"}
checks: []
"""
NEW = OLD.replace("not_red", "not_blue").replace("'red'", "'blue'")


@pytest.mark.slow
def test_the_funnel_counts_the_newest_form_of_a_recipe_alone(spark: SparkSession, tmp_path: Path) -> None:
    made = [("1", "old", "red"), ("2", "old", "blue"), ("3", "new", "red"), ("4", "new", "blue"), ("5", "new", "blue")]
    lake = lake_with(spark, tmp_path / "lake", "r", made)
    curate(lake, parse(OLD, "old"), ["old"])
    curate(lake, parse(NEW, "new"), ["new"])
    views(lake, "select * from funnel")
    (step,) = spark.sql("select step, seen, removed, rules from funnel").collect()
    assert (step["step"], step["seen"], step["removed"]) == ("not_blue", 3, 2)
    assert sum(step["rules"].values()) == 2
