"""Keep the fingerprints of a run, so that the next crawl is compared with them and not with texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.lake.literal import literal
from decantry.jobs.recipe.hash import setting
from decantry.jobs.steps.across import Across
from decantry.schemas.fingerprints import TABLE

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe


def keep(lake: Lake, recipe: Recipe, place: int, compared: DataFrame, due: Sequence[str], *, others: bool) -> None:
    """Write the fingerprints of the step at `place`: those of the crawls that are `due` replace what is there.

    Where there are `others`, those of their documents that reach the step for the first time are added. What is kept
    of a document is a function of its text and of the setting, so rows of a run that was never published do no harm.
    """
    mine = setting(recipe, place)
    named = compared.withColumns({"setting": F.lit(mine), "run_id": F.lit(lake.run_id)})
    crawls = ", ".join(literal(crawl) for crawl in due)
    fresh = named.where(F.col("crawl").isin(*due))
    lake.replace(TABLE.name, fresh, f"setting = {literal(mine)} AND crawl IN ({crawls})")
    if not others:
        return
    elsewhere = named.where(~F.col("crawl").isin(*due))
    there = lake.read(TABLE.name).where((F.col("setting") == mine) & ~F.col("crawl").isin(*due))
    lake.append(TABLE.name, elsewhere.join(there.select("id"), "id", "left_anti"))


def without_keys(lake: Lake, recipe: Recipe, crawls: Sequence[str]) -> dict[str, int]:
    """How many documents of `crawls` reached each deduplicate step and had nothing to compare, by the step's name.

    For `near_duplicates` these are the documents without a signature: their texts have no words.
    """
    steps = {
        setting(recipe, place): str(step)
        for place, step in enumerate(recipe.steps)
        if isinstance(step, Across) and step.fingerprinted
    }
    if not steps:
        return {}
    mine = lake.read(TABLE.name).where(F.col("setting").isin(*steps) & F.col("crawl").isin(*crawls))
    counts = mine.where("bands IS NULL OR size(bands) = 0").groupBy("setting").count()
    return {steps[row["setting"]]: row["count"] for row in counts.collect()}
