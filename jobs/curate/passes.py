"""The passes of a recipe: the steps up to one that looks across documents or needs scores, what it finds, and the
steps after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import TYPE_CHECKING, cast

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from decantry.jobs.curate.fingerprints import keep
from decantry.jobs.curate.frames import alive, compared, judged, removed, staged, with_texts
from decantry.jobs.curate.judge import fresh, judge
from decantry.jobs.curate.onward import measured_onward, with_sizes
from decantry.jobs.curate.outcome import Outcomes
from decantry.jobs.curate.predicates import told_of_predicates
from decantry.jobs.curate.scoring import TEXT_HASH, Scoring, hashed
from decantry.jobs.steps.across import Across, Effect
from decantry.jobs.steps.score import ScoredByModel

if TYPE_CHECKING:
    from decantry.jobs.curate.plan import Plan
    from decantry.jobs.curate.standing import Standing
    from decantry.jobs.lake.staging import Staging
    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.steps.step import Step


def judge_documents(planned: Plan, staging: Staging, *, measure_all: bool) -> Outcomes:
    """What the recipe's steps come to for the documents that are due, and for the published ones beside them.

    Raises UserError where the predicate of a `where` step fails on a document.
    """
    due = planned.documents.where(F.col("crawl").isin(*planned.crawls))
    passes = Passes(due, planned.recipe, staging, planned.crawls, standing=planned.standing, measure_all=measure_all)
    with told_of_predicates(planned.recipe):
        return passes.outcomes()


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
        self.documents = documents
        self.recipe = recipe
        self.staging = staging
        self.due = due
        self.standing = standing
        self.measure_all = measure_all
        self.passes = split(recipe.steps)
        self.found: list[tuple[Across | ScoredByModel, DataFrame]] = []
        self.scoring = Scoring(staging)
        self.cuts: dict[str, list[DataFrame]] = {}
        self.changes: list[DataFrame] = []
        self.gone: list[DataFrame] = []

    def outcomes(self) -> Outcomes:
        """Judge everything. Documents are read once a pass; texts come back only for those that are still in."""
        frame = fresh(self.documents)
        settled: list[DataFrame] = []
        for number, (steps, place) in enumerate(self.passes):
            frame = self._judged(frame, steps)
            if place is None:
                break
            frame = measured_onward(frame, self.recipe, place) if self.measure_all else frame
            ended = self._scored if isinstance(self.recipe.steps[place], ScoredByModel) else self._looked_across
            marked = ended(number, place, frame)
            settled.append(removed(marked, self.recipe))
            frame = self._judged(alive(marked, self.documents), [self.recipe.steps[place]])
        frame = with_sizes(frame) if self.measure_all else frame
        last = self.staging.write("judged", judged(frame, self.recipe))
        rows = reduce(DataFrame.unionByName, [last, *settled])
        changes = reduce(DataFrame.unionByName, self.changes) if self.changes else None
        if changes is not None:  # what a later step has judged again from its text is in the rows
            again = rows.where(~F.col("crawl").isin(*self.due)).select("id")
            changes = changes.join(again, "id", "left_anti")
        return Outcomes(
            rows=rows,
            changes=changes,
            found={str(step): found for step, found in self.found if step.finds_clusters},
            cuts={name: reduce(DataFrame.unionByName, parts) for name, parts in self.cuts.items()},
        )

    def _judged(self, frame: DataFrame, steps: Iterable[Step]) -> DataFrame:
        for step in steps:
            frame = frame.transform(judge(step, measure_all=self.measure_all))
        return frame

    def _scored(self, number: int, place: int, frame: DataFrame) -> DataFrame:
        """The fates with the score that the step at `place` needs."""
        step = cast(ScoredByModel, self.recipe.steps[place])
        fates = self.staging.write(f"pass-{number}", staged(hashed(frame), self.recipe, TEXT_HASH))
        found = self.scoring.of_fates(step, fates, self.documents)
        self.found.append((step, found))
        scored = fates.drop(TEXT_HASH).join(found, "id", "left")
        # a document without its score would pass: it is left out, so that the count of verdicts stops the run
        return scored.where(F.col("removed_by").isNotNull() | F.col(step.score_column).isNotNull())

    def _looked_across(self, number: int, place: int, frame: DataFrame) -> DataFrame:
        """The fates with what the step at `place` found, with those of published documents that it lets in again."""
        step = cast(Across, self.recipe.steps[place])
        columns = step.compares(frame, self.recipe.steps[:place])
        fates = self.staging.write(f"pass-{number}", staged(frame.withColumns(columns), self.recipe, *columns))

        def stage(name: str, made: DataFrame) -> DataFrame:
            return self.staging.write(f"across-{number}-{name}", made)

        old = None
        everything = fates
        if step.fingerprinted:
            everything = compared(fates, columns)
            keep(self.staging.lake, self.recipe, place, everything, self.due, others=self.standing is not None)
            if self.standing is not None:
                old = self._published(place)
                everything = everything.unionByName(old.drop("removed_at"))

        def texts(wanted: DataFrame) -> DataFrame:
            return self._texts(wanted, number, fates, old)

        found = stage("found", step.find(everything, stage, texts))
        self.found.append((step, found))
        marked = self._marked(step, fates, found).drop(*columns)
        if self.standing is not None and old is not None:
            effect = step.reconcile(self.standing.before_run(place, old), found, stage)
            again = self._judged_again(number, effect)
            marked = marked if again is None else marked.unionByName(again)
        return stage("marked", marked)

    def _published(self, place: int) -> DataFrame:
        """The fingerprints of the published documents that reached the step, and reach it still."""
        assert self.standing is not None
        old = self.standing.compared(place)
        for gone in self.gone:
            old = old.join(gone, "id", "left_anti")
        return old

    def _marked(self, step: Across, fates: DataFrame, found: DataFrame) -> DataFrame:
        if not step.edits_text:
            return step.apply(fates, found)
        cut = step.apply(with_texts(fates, self.documents, found), found)
        self._keep_cuts(step, cut, "_cut")
        edited = F.when(F.col("_cut").isNotNull(), F.col("text")).otherwise(F.col("edited"))
        return cut.withColumn("edited", edited).drop("_cut", "text", "language")

    def _keep_cuts(self, step: Across, frame: DataFrame, column: str) -> None:
        what = frame.where(F.col(column).isNotNull()).select("crawl", "id", F.inline(column))
        self.cuts.setdefault(str(step), []).append(what)

    def _judged_again(self, number: int, effect: Effect) -> DataFrame | None:
        """The fates, after this step, of the published documents that have to be judged from their texts, if any."""
        assert self.standing is not None
        if effect.changes is not None:
            self.changes.append(effect.changes)
        self.gone.append(effect.gone)
        if effect.again.isEmpty():
            return None
        documents = self.standing.documents().join(effect.again, "id", "left_semi")
        kept = self.staging.write(f"documents-{number}", documents)
        self.documents = self.documents.unionByName(kept)
        replayed = self.staging.write(f"replayed-{number}", self._replayed(kept, number))
        for at, (step, _) in enumerate(self.found):
            if isinstance(step, Across) and step.edits_text:
                self._keep_cuts(step, replayed, f"_cut_{at}")
        return staged(replayed, self.recipe)

    def _replayed(self, documents: DataFrame, number: int) -> DataFrame:
        """The working frame of published documents after the step that ends pass `number`, which may remove, or before
        it where it has found nothing yet; with a column `_cut_N` of what pass N cut.
        """
        frame = fresh(documents)
        for at, (steps, _) in enumerate(self.passes[: number + 1]):
            frame = self._judged(frame, steps)
            if at == len(self.found):
                break
            step, found = self.found[at]
            if isinstance(step, ScoredByModel):
                frame = self._judged(self.scoring.of_texts(step, frame), [step])
                continue
            frame = step.apply(frame, found, removing=at == number)
            frame = frame.withColumnRenamed("_cut", f"_cut_{at}") if step.edits_text else frame
        return frame

    def _texts(self, wanted: DataFrame, number: int, fates: DataFrame, old: DataFrame | None) -> DataFrame:
        """`id, text, language` of the wanted documents, new and published: texts as the steps before have left them."""
        mine = with_texts(fates.where("removed_by IS NULL"), self.documents, wanted).join(wanted, "id", "left_semi")
        texts = mine.select("id", "text", "language")
        if old is None:
            return texts
        assert self.standing is not None
        theirs = old.select("id").join(wanted, "id", "left_semi")
        documents = self.standing.documents().join(theirs, "id", "left_semi")
        return texts.unionByName(self._replayed(documents, number).select("id", "text", "language"))


def split(steps: tuple[Step, ...]) -> list[tuple[list[Step], int | None]]:
    """Runs of steps, each with the place of the step that ends it (see `ends_pass`), None for the last."""
    passes: list[tuple[list[Step], int | None]] = []
    run: list[Step] = []
    for place, step in enumerate(steps):
        if step.ends_pass:
            passes.append((run, place))
            run = []
        else:
            run.append(step)
    return [*passes, (run, None)]
