"""Which losses a run names, if there are more than it can name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.checks.losses import MOST, lost
from decantry.jobs.recipe.load import parse

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

RECIPE = """
recipe: pets
steps:
  - where: {name: has_pet, keep: "text LIKE '%cat%'"}
  - near_duplicates: {}
checks:
  - alarms: {share: 0.7, at_least: 4}
"""


def test_hosts_that_a_step_empties_everywhere_leave_room_for_those_of_other_steps(spark: SparkSession) -> None:
    rows = [(f"shop-{host}", "has_pet.has_pet") for host in range(MOST + 5) for _ in range(6)]
    rows += [("pets", "near_duplicates.duplicate")] * 4
    schema = "crawl string, _language string, _source string, _host string, removed_by string"
    fates = spark.createDataFrame([("c", None, None, *row) for row in rows], schema)
    recipe = parse(RECIPE, "pets.yaml")
    losses, more = lost(fates, recipe, ["has_pet"])
    assert (losses[0].name, losses[0].step, losses[0].removed) == ("pets", "near_duplicates", 4)
    assert {loss.step for loss in losses[1:]} == {"has_pet"}
    assert (len(losses), more) == (MOST, 6)
    losses, more = lost(fates, recipe)
    assert {loss.step for loss in losses} == {"has_pet"}, "those with the most removed documents come first"
