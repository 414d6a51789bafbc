"""The passes of a recipe: steps up to a deduplicate step, what it finds, and the steps after it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from decantry.jobs.curate import light
from decantry.jobs.curate.fingerprints import keep
from decantry.jobs.curate.frames import alive, compared, judged, removed, staged, with_keys, with_texts
from decantry.jobs.curate.judge import fresh, judge, once
from decantry.jobs.curate.mark import apply
from decantry.jobs.curate.outcome import Outcomes
from decantry.jobs.curate.reweigh import with_scope, with_weights
from decantry.jobs.dedup.clusters import Verification, clusters
from decantry.jobs.dedup.paragraphs import repeated
from decantry.jobs.steps.deduplicate import Deduplicate
from decantry.jobs.steps.near_duplicates import NearDuplicates
from decantry.jobs.steps.rehydrate import Rehydrate

if TYPE_CHECKING:
    from decantry.jobs.curate.standing import Standing
    from decantry.jobs.lake.staging import Staging
    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.steps.step import Step


class Passes:
    """One run of a recipe's passes over the documents that are due, beside those that are published already."""

    def __init__(
        self,
        documents: DataFrame,
        recipe: Recipe,
        staging: Staging,
        due: Sequence[str],
        *,
        standing: Standing | None = None,
        measure_all: bool = False,
    ) -> None:
        """`documents` are those of the crawls that are `due`; `standing` the other ones they are compared with."""
        self.pool = documents
        self.recipe = recipe
        self.staging = staging
        self.due = due
        self.standing = standing
        self.measure_all = measure_all
        self.found: list[tuple[Deduplicate, DataFrame]] = []
        self.cuts: dict[str, list[DataFrame]] = {}
        self.changes: list[DataFrame] = []
        self.gone: list[DataFrame] = []

    def outcomes(self) -> Outcomes:
        """Judge everything. Documents are read once a pass; texts come back only for those that are still in."""
        frame = fresh(self.pool)
        settled: list[DataFrame] = []
        for number, (steps, place) in enumerate(split(self.recipe.steps)):
            frame = self._judged(frame, steps)
            if place is None:
                break
            ends = self.recipe.steps[place]
            if isinstance(ends, Rehydrate):
                marked = self.staging.write(f"pass-{number}", with_scope(frame, self.recipe, place))
                settled.append(removed(marked, self.recipe))
                frame = (
                    alive(marked, self.pool)
                    .transform(with_weights(marked, ends))
                    .transform(judge(ends, measure_all=self.measure_all))
                )
                continue
            fates = self.staging.write(f"pass-{number}", with_keys(frame, ends, self.recipe))
            marked = self._deduplicated(number, place, fates)
            settled.append(removed(marked, self.recipe))
            frame = alive(marked, self.pool)
        last = self.staging.write("judged", judged(frame, self.recipe))
        rows = reduce(DataFrame.unionByName, [last, *settled])
        changes = reduce(DataFrame.unionByName, self.changes) if self.changes else None
        if changes is not None:  # what a later step has judged again from its text is in the rows
            again = rows.where(~F.col("crawl").isin(*self.due)).select("id")
            changes = changes.join(again, "id", "left_anti")
        return Outcomes(
            rows=rows,
            changes=changes,
            found={str(step): found for step, found in self.found if step.clusters},
            cuts={name: reduce(DataFrame.unionByName, parts) for name, parts in self.cuts.items()},
        )

    def _judged(self, frame: DataFrame, steps: list[Step]) -> DataFrame:
        for step in steps:
            frame = frame.transform(judge(step, measure_all=self.measure_all))
        return frame

    def _deduplicated(self, number: int, place: int, fates: DataFrame) -> DataFrame:
        """The fates with what the step found in them, those of published documents that it lets in again among them."""
        step: Deduplicate = self.recipe.steps[place]
        mine = compared(fates)
        keep(self.staging.lake, self.recipe, place, mine, self.due, others=self.standing is not None)
        old = None if self.standing is None else self._old(place)
        every = mine if old is None else mine.unionByName(old.drop("removed_at"))

        def stage(name: str, frame: DataFrame) -> DataFrame:
            return self.staging.write(f"dedup-{number}-{name}", frame)

        if step.clusters:
            verification = self._verification(number, place, fates, old)
            found = stage("found", clusters(every, stage, together=step.together, verification=verification))
        else:
            found = stage("found", repeated(every))
        self.found.append((step, found))
        marked = self._marked(step, fates, found)
        if self.standing is not None and old is not None:
            effect = (light.clustered if step.clusters else light.cut)(self.standing, place, old, found, stage)
            again = self._judged_again(number, effect)
            marked = marked if again is None else marked.unionByName(again)
        return stage("marked", marked)

    def _old(self, place: int) -> DataFrame:
        assert self.standing is not None
        old = self.standing.compared(place)
        for gone in self.gone:
            old = old.join(gone, "id", "left_anti")
        return old

    def _marked(self, step: Deduplicate, fates: DataFrame, found: DataFrame) -> DataFrame:
        bare = fates.drop("scope", "rank", "bands")
        if step.clusters:
            return apply(bare, step, found)
        cut = apply(with_texts(bare, self.pool, found), step, found)
        self._kept_cuts(step, cut, "_cut")
        edited = F.when(F.col("_cut").isNotNull(), F.col("text")).otherwise(F.col("edited"))
        return cut.withColumn("edited", edited).drop("_cut", "text")

    def _kept_cuts(self, step: Deduplicate, frame: DataFrame, column: str) -> None:
        what = frame.where(F.col(column).isNotNull()).select("crawl", "id", F.inline(column))
        self.cuts.setdefault(str(step), []).append(what)

    def _judged_again(self, number: int, effect: light.Light) -> DataFrame | None:
        """The fates, after this step, of the published documents that have to be judged from their texts, if any."""
        assert self.standing is not None
        again = effect.again
        if effect.changes is not None:
            self.changes.append(effect.changes)
        self.gone.append(effect.gone)
        if again.isEmpty():
            return None
        documents = self.standing.documents().join(again, "id", "left_semi")
        kept = self.staging.write(f"documents-{number}", documents)
        self.pool = self.pool.unionByName(kept)
        replayed = self.staging.write(f"replayed-{number}", self._replayed(kept, number))
        for at, (step, _) in enumerate(self.found):
            if not step.clusters:
                self._kept_cuts(step, replayed, f"_cut_{at}")
        return staged(replayed, self.recipe)

    def _replayed(self, documents: DataFrame, number: int) -> DataFrame:
        """The working frame of published documents after the deduplicate step of pass `number`, which may remove, or
        before it where it has found nothing yet; with a column `_cut_N` of what pass N cut.
        """
        frame = fresh(documents)
        for at, (steps, _) in enumerate(split(self.recipe.steps)[: number + 1]):
            frame = self._judged(frame, steps)
            if at == len(self.found):
                break
            step, found = self.found[at]
            frame = apply(frame, step, found, removing=at == number)
            frame = frame if step.clusters else frame.withColumnRenamed("_cut", f"_cut_{at}")
        return frame

    def _verification(self, number: int, place: int, fates: DataFrame, old: DataFrame | None) -> Verification | None:
        """How the step verifies: texts come back for its candidates alone, as the steps before it left them."""
        step = self.recipe.steps[place]
        if not isinstance(step, NearDuplicates) or step.verify is None:
            return None

        def shingles(wanted: DataFrame) -> DataFrame:
            texts = with_texts(fates.where("removed_by IS NULL"), self.pool, wanted).join(wanted, "id", "left_semi")
            parts = [texts.select("id", "text")]
            if old is not None:
                assert self.standing is not None
                theirs = old.select("id").join(wanted, "id", "left_semi")
                documents = self.standing.documents().join(theirs, "id", "left_semi")
                parts.append(self._replayed(documents, number).select("id", "text"))
            together = reduce(DataFrame.unionByName, parts)
            return together.select("id", once(step.shingle_hashes()).alias("shingles"))

        return Verification(step.verify, step.rounds, shingles)


def split(steps: tuple[Step, ...]) -> list[tuple[list[Step], int | None]]:
    """Runs of steps, each with the place of the step that looks at all documents and ends it, None for the last."""
    passes: list[tuple[list[Step], int | None]] = []
    run: list[Step] = []
    for place, step in enumerate(steps):
        if isinstance(step, Deduplicate) or (isinstance(step, Rehydrate) and step.computed):
            passes.append((run, place))
            run = []
        else:
            run.append(step)
    return [*passes, (run, None)]
