"""Store the fingerprints of documents, so that later crawls are compared with them and not with texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from decantry.jobs.process.spark import F
from decantry.jobs.recipe.hash import setting
from decantry.jobs.steps.across import Across
from decantry.schemas.fingerprints import TABLE
from decantry.schemas.table import literal

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe


def store(lake: Lake, recipe: Recipe, index: int, compared: DataFrame, due: Sequence[str], *, others: bool) -> None:
    """Store the fingerprints of the step at `index`. Those of the `due` crawls replace older ones.

    With `others`, `compared` has documents of other crawls too, and those without a stored fingerprint are added. A
    fingerprint depends only on the document's text and the setting, so rows of a run that never publishes do no harm.
    """
    mine = setting(recipe, index)
    named = compared.withColumns({"setting": F.lit(mine), "run_id": F.lit(lake.run_id)})
    crawls = ", ".join(literal(crawl) for crawl in due)
    fresh = named.where(F.col("crawl").isin(*due))
    lake.replace(TABLE.name, fresh, f"setting = {literal(mine)} AND crawl IN ({crawls})")
    if not others:
        return
    of_others = ~F.col("crawl").isin(*due)
    stored = lake.read(TABLE.name).where((F.col("setting") == mine) & of_others)
    lake.append(TABLE.name, named.where(of_others).join(stored.select("id"), "id", "left_anti"))


def without_keys(lake: Lake, recipe: Recipe, crawls: Sequence[str]) -> dict[str, int]:
    """The number of documents of `crawls` that reached each deduplicate step with nothing to compare, by step name.

    For `near_duplicates`, these are documents whose texts have no words.
    """
    steps = {
        setting(recipe, index): str(step)
        for index, step in enumerate(recipe.steps)
        if isinstance(step, Across) and step.fingerprinted
    }
    if not steps:
        return {}
    mine = lake.read(TABLE.name).where(F.col("setting").isin(*steps) & F.col("crawl").isin(*crawls))
    counts = mine.where("bands IS NULL OR size(bands) = 0").groupBy("setting").count()
    return {steps[row["setting"]]: row["count"] for row in counts.collect()}
