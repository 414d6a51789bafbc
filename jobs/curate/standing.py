"""What is published already and is compared with what is new: fates and fingerprints, no texts."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.curate.documents import readable
from decantry.jobs.lake.published import rows_of, verdicts_of
from decantry.jobs.recipe.hash import setting
from decantry.jobs.steps.across import AFTER_ALL, Across, BeforeRun
from decantry.schemas import fingerprints

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.live import Published
    from decantry.jobs.recipe.model import Recipe


@dataclass(frozen=True)
class Standing:
    """The published crawls that a run does not judge anew, under the recipe's present hash.

    `verdicts` are their published verdicts with `removed_at`, the place of the step that removed the document
    (AFTER_ALL where none did); `clusters` and `cuts` what belongs to those; `documents` gives their documents when
    texts are wanted.
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

    def before_run(self, place: int, compared: DataFrame) -> BeforeRun:
        """What the step at `place` needs to say what its findings mean for these crawls."""
        later = (n for n, step in enumerate(self.recipe.steps) if n > place and step.finds_clusters)
        return BeforeRun(
            compared=compared,
            verdicts=self.verdicts,
            cuts=self.cuts.where(F.col("step") == str(self.recipe.steps[place])),
            place=place,
            next_clusters=next(later, AFTER_ALL + 1),
            sizes_are_read=any(step.reads_cluster_size for step in self.recipe.steps),
        )

    def complete(self) -> bool:
        """Whether every document that reached a step which compares fingerprints has what the step compares.

        That is its fingerprint, and its text where the step reads texts.
        """
        for number, step in enumerate(self.recipe.steps):
            if isinstance(step, Across) and step.fingerprinted:
                reached = self.verdicts.where(F.col("removed_at") >= number).select("id")
                there = [_of(self.lake, self.recipe, number, self.crawls)]
                there += [self.documents()] if step.reads_texts else []
                if any(not reached.join(each.select("id"), "id", "left_anti").isEmpty() for each in there):
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
    return any(step.compares_crawls for step in recipe.steps)


def can_be_added_to(recipe: Recipe) -> bool:
    """Whether published documents can be compared with new ones by their fingerprints alone.

    Not where a step looks across all documents in another way, nor where a step reads the sizes of clusters that two
    steps find, nor where a step compares texts that an earlier one has cut by what it found in other documents.
    """
    across = [step for step in recipe.steps if isinstance(step, Across) and step.looks_across]
    if any(step.edits_text for step in across[:-1]):
        return False
    clustering = [step for step in across if step.finds_clusters]
    sizes_are_read = any(step.reads_cluster_size for step in recipe.steps)
    return all(step.can_be_added_to for step in across) and not (len(clustering) > 1 and sizes_are_read)


def removed_at(recipe: Recipe) -> Column:
    """The place of the step that `removed_by` names, `step.rule`; AFTER_ALL where it is null."""
    named = F.regexp_replace("removed_by", "[.][^.]*$", "")
    place = F.lit(AFTER_ALL)
    for number, step in enumerate(recipe.steps):
        place = F.when(named == str(step), F.lit(number)).otherwise(place)
    return place


def _of(lake: Lake, recipe: Recipe, number: int, crawls: Sequence[str]) -> DataFrame:
    kept = lake.read(fingerprints.TABLE.name).where(F.col("setting") == setting(recipe, number))
    return kept.where(F.col("crawl").isin(*crawls)).drop("setting", "run_id")
