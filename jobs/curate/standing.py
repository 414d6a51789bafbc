"""What is published already and is compared with what is new: fates and fingerprints, no texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.curate.documents import readable
from decantry.jobs.lake.published import rows_of, verdicts_of
from decantry.jobs.recipe.hash import setting
from decantry.jobs.steps.deduplicate import Deduplicate
from decantry.jobs.steps.rehydrate import Rehydrate
from decantry.jobs.steps.where import Where
from decantry.schemas import fingerprints

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.live import Published
    from decantry.jobs.recipe.model import Recipe

KEPT = 1 << 30
"""The place of the removing step of a document that none removed: after all."""


@dataclass(frozen=True)
class Standing:
    """The published crawls that a run does not judge anew, under the recipe's present hash.

    `verdicts` are their published verdicts with `removed_at`, the place of the step that removed the document (KEPT
    where none did); `clusters` and `cuts` what belongs to those; `documents` gives their documents when texts are
    wanted.
    """

    lake: Lake
    recipe: Recipe
    recipe_hash: str
    crawls: tuple[str, ...]
    verdicts: DataFrame
    clusters: DataFrame
    cuts: DataFrame
    documents: Callable[[], DataFrame]

    def compared(self, number: int) -> DataFrame:
        """The fingerprints of the documents that reached the step at place `number`, with their `removed_at`."""
        reached = self.verdicts.where(F.col("removed_at") >= number).select("id", "removed_at")
        return _of(self.lake, self.recipe, number, self.crawls).join(reached, "id")

    def complete(self) -> bool:
        """Whether every document that reached a deduplicate step has its fingerprint."""
        for number, step in enumerate(self.recipe.steps):
            if isinstance(step, Deduplicate):
                reached = self.verdicts.where(F.col("removed_at") >= number)
                there = _of(self.lake, self.recipe, number, self.crawls)
                if not reached.join(there, "id", "left_anti").isEmpty():
                    return False
        return True


def standing_of(lake: Lake, recipe: Recipe, recipe_hash: str, published: Sequence[Published]) -> Standing:
    """The `published` crawls of the recipe, all of them under `recipe_hash`."""
    crawls = [each.crawl for each in published]
    verdicts = verdicts_of(lake, published).withColumn("removed_at", removed_at(recipe))
    clustered, cut = (rows_of(lake, name, published) for name in ("silver/clusters", "silver/cuts"))

    def documents() -> DataFrame:
        return readable(lake, recipe, crawls)[0]

    return Standing(lake, recipe, recipe_hash, tuple(crawls), verdicts, clustered, cut, documents)


def is_wide(recipe: Recipe) -> bool:
    """Whether a step compares documents of different crawls."""
    return any(isinstance(step, Deduplicate) and step.scope != "crawl" for step in recipe.steps)


def reads_cluster_size(recipe: Recipe) -> bool:
    """Whether a step's outcome depends on the size of a document's cluster."""
    return any(isinstance(s, Rehydrate) or (isinstance(s, Where) and "cluster_" in s.keep) for s in recipe.steps)


def can_be_added_to(recipe: Recipe) -> bool:
    """Whether old fates can be told from fingerprints: not where weights are computed over all, or sizes are of two."""
    computed = any(isinstance(step, Rehydrate) and step.computed for step in recipe.steps)
    clustering = [s for s in recipe.steps if isinstance(s, Deduplicate) and s.clusters]
    return not computed and not (len(clustering) > 1 and reads_cluster_size(recipe))


def removed_at(recipe: Recipe) -> Column:
    """The place of the step that `removed_by` names, `step.rule`; KEPT where it is null."""
    named = F.regexp_replace("removed_by", "[.][^.]*$", "")
    place = F.lit(KEPT)
    for number, step in enumerate(recipe.steps):
        place = F.when(named == str(step), F.lit(number)).otherwise(place)
    return place


def _of(lake: Lake, recipe: Recipe, number: int, crawls: Sequence[str]) -> DataFrame:
    kept = lake.read(fingerprints.TABLE.name).where(F.col("setting") == setting(recipe, number))
    return kept.where(F.col("crawl").isin(*crawls)).drop("setting", "run_id")
