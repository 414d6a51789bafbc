"""The published documents that a run compares with new ones: their verdicts and fingerprints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.curate.documents import readable
from decantry.jobs.lake.published import rows_of, verdicts_of
from decantry.jobs.process.spark import F
from decantry.jobs.recipe.hash import setting
from decantry.jobs.steps.across import AFTER_ALL, Across, ExistingDocuments
from decantry.schemas import fingerprints

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.live import Published
    from decantry.jobs.recipe.model import Recipe


@dataclass(frozen=True)
class Existing:
    """Crawls that are published under the recipe's current hash, and that the run does not judge again.

    `verdicts` are their published verdicts with `removed_at`: the index of the step that removed the document, or
    AFTER_ALL if no step did. `clusters`, `cuts` and `signals` are the rows that belong to those verdicts. `signals` is
    None if the lake has no measurements.
    """

    lake: Lake
    recipe: Recipe
    crawls: tuple[str, ...]
    verdicts: DataFrame
    clusters: DataFrame
    cuts: DataFrame
    signals: DataFrame | None

    def documents(self) -> DataFrame:
        """Their documents, with texts."""
        return readable(self.lake, self.recipe, self.crawls)[0]

    def fingerprints(self, index: int) -> DataFrame:
        """The fingerprints of the documents that reached the step at `index`, with `removed_at`."""
        reached = self.verdicts.where(F.col("removed_at") >= index).select("id", "removed_at")
        return self._stored_fingerprints(index).join(reached, "id")

    def for_step(self, index: int, compared: DataFrame) -> ExistingDocuments:
        """What the step at `index` needs for `reconcile`. `compared` has the fingerprints that it was given."""
        later = (n for n, step in enumerate(self.recipe.steps) if n > index and step.finds_clusters)
        return ExistingDocuments(
            fingerprints=compared,
            verdicts=self.verdicts,
            cuts=self.cuts.where(F.col("step") == str(self.recipe.steps[index])),
            index=index,
            next_clustering=next(later, AFTER_ALL + 1),
            sizes_are_read=any(step.reads_cluster_size for step in self.recipe.steps),
        )

    def is_complete(self) -> bool:
        """Whether the lake still has all that the steps compare.

        That is a fingerprint for every document that reached such a step, and its text if the step reads texts.
        """
        for index, step in enumerate(self.recipe.steps):
            if isinstance(step, Across) and step.fingerprinted:
                reached = self.verdicts.where(F.col("removed_at") >= index).select("id")
                needed = [self._stored_fingerprints(index)]
                if step.reads_texts:
                    needed.append(readable(self.lake, self.recipe, self.crawls, required=False)[0])
                if any(not reached.join(each.select("id"), "id", "left_anti").isEmpty() for each in needed):
                    return False
        return True

    def _stored_fingerprints(self, index: int) -> DataFrame:
        rows = self.lake.read(fingerprints.TABLE.name)
        mine = (F.col("setting") == setting(self.recipe, index)) & F.col("crawl").isin(*self.crawls)
        return rows.where(mine).drop("setting", "run_id")


def existing_crawls(lake: Lake, recipe: Recipe, published: Sequence[Published]) -> Existing:
    """The `published` crawls of the recipe, which must all have its current hash."""
    return Existing(
        lake,
        recipe,
        crawls=tuple(each.crawl for each in published),
        verdicts=verdicts_of(lake, published).withColumn("removed_at", removed_at(recipe)),
        clusters=rows_of(lake, "silver/clusters", published),
        cuts=rows_of(lake, "silver/cuts", published),
        signals=rows_of(lake, "silver/signals", published) if lake.exists("silver/signals") else None,
    )


def removed_at(recipe: Recipe) -> Column:
    """The index of the step in `removed_by` (`step.rule`); AFTER_ALL if `removed_by` is null."""
    return step_index(recipe, F.regexp_replace("removed_by", "[.][^.]*$", ""), default=AFTER_ALL)


def step_index(recipe: Recipe, name: Column, *, default: int) -> Column:
    """The index of the step with this name; `default` if the recipe has no such step."""
    index = F.lit(default)
    for number, step in enumerate(recipe.steps):
        index = F.when(name == str(step), F.lit(number)).otherwise(index)
    return index
