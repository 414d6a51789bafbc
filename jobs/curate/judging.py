"""The state of a run while it judges documents."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING

from decantry.jobs.curate.judge import judge
from decantry.jobs.curate.outcome import Outcomes
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.curate.plan import Plan
    from decantry.jobs.curate.scoring import Scoring
    from decantry.jobs.steps.across import Across
    from decantry.jobs.steps.score import ScoredByModel
    from decantry.jobs.steps.step import Step


@dataclass(frozen=True)
class Pass:
    """Steps that judge each document by itself, and the index of the step that ends the pass (None for the last one).

    See `Step.ends_pass`.
    """

    number: int
    steps: tuple[Step, ...]
    end: int | None


def passes(steps: Iterable[Step]) -> list[Pass]:
    """The steps in passes."""
    found: list[Pass] = []
    run: list[Step] = []
    for index, step in enumerate(steps):
        if step.ends_pass:
            found.append(Pass(len(found), tuple(run), index))
            run = []
        else:
            run.append(step)
    return [*found, Pass(len(found), tuple(run), None)]


@dataclass
class Judging:
    """What a run has found so far.

    `documents` are the documents that it judges: those of the due crawls, and the published ones that it judges again.
    `scoring` finds the scores that steps need.
    `found` has what each step that ended a pass found, in order. `cuts` are the cut paragraphs, by the step's name.
    `changes` and `left_out` are those of the steps' effects on published documents (see Effect).
    """

    planned: Plan
    documents: DataFrame
    scoring: Scoring
    found: list[tuple[Across | ScoredByModel, DataFrame]] = field(default_factory=list)
    cuts: dict[str, list[DataFrame]] = field(default_factory=lambda: defaultdict(list))
    changes: list[DataFrame] = field(default_factory=list)
    left_out: list[DataFrame] = field(default_factory=list)

    @property
    def passes(self) -> list[Pass]:
        """The passes of the recipe."""
        return passes(self.planned.recipe.steps)

    def after(self, frame: DataFrame, steps: Iterable[Step]) -> DataFrame:
        """The working frame after these steps."""
        return reduce(lambda f, step: f.transform(judge(step, measure_all=self.planned.measure_all)), steps, frame)

    def keep_cuts(self, step: Across, frame: DataFrame, column: str) -> None:
        """Note the paragraphs in `column` as cut by the step."""
        self.cuts[str(step)].append(frame.where(F.col(column).isNotNull()).select("crawl", "id", F.inline(column)))

    def outcomes(self, rows: DataFrame) -> Outcomes:
        """The outcomes, with the staged `rows` of all documents that were judged."""
        changes = reduce(lambda a, b: a.unionByName(b), self.changes) if self.changes else None
        if changes is not None:  # a document that a later step has judged again is among the rows
            judged_again = rows.where(~F.col("crawl").isin(*self.planned.crawls)).select("id")
            changes = changes.join(judged_again, "id", "left_anti")
        return Outcomes(
            rows=rows,
            changes=changes,
            found={str(step): found for step, found in self.found if step.finds_clusters},
            cuts={name: reduce(lambda a, b: a.unionByName(b), parts) for name, parts in self.cuts.items()},
        )
