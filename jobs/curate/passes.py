"""Judge documents by a recipe, in passes.

The steps of a pass judge each document by itself. A pass ends at a step that looks across documents or needs a model's
score. All fates are staged there, and the step is given all of them. Each pass reads the documents once, and texts only
of documents that no step has removed.
"""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, cast

from decantry.jobs.curate.cluster import cluster
from decantry.jobs.curate.frames import corpus_rows, next_frame, removed_rows, staged
from decantry.jobs.curate.judge import fresh
from decantry.jobs.curate.judging import Judging, Pass
from decantry.jobs.curate.onward import measured_onward, with_sizes
from decantry.jobs.curate.predicates import predicate_errors
from decantry.jobs.curate.scoring import TEXT_HASH, Scoring, hashed
from decantry.jobs.process.spark import F
from decantry.jobs.steps.score import ScoredByModel

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.curate.outcome import Outcomes
    from decantry.jobs.curate.plan import Plan


def judge_documents(planned: Plan) -> Outcomes:
    """The outcomes for the documents that are due, and for the published ones that are compared with them.

    Raises UserError if the predicate of a `where` step fails on a document.
    """
    recipe = planned.recipe
    due = planned.documents.where(F.col("crawl").isin(*planned.crawls))
    state = Judging(planned, due, Scoring(planned.staging))
    with predicate_errors(recipe, measure_all=planned.measure_all):
        frame = fresh(state.documents)
        rows: list[DataFrame] = []
        for each in state.passes:
            frame = state.after(frame, each.steps)
            if each.end is None:
                break
            if planned.measure_all:
                frame = measured_onward(frame, recipe, each.end)
            step = recipe.steps[each.end]
            end = score if isinstance(step, ScoredByModel) else cluster
            fates = end(state, each, frame)
            rows.append(removed_rows(fates, recipe))
            frame = state.after(next_frame(fates, state.documents), [step])
        if planned.measure_all:
            frame = with_sizes(frame)
        rows.insert(0, planned.staging.write("judged", corpus_rows(frame, recipe)))
        return state.outcomes(reduce(lambda a, b: a.unionByName(b), rows))


def score(state: Judging, ended: Pass, frame: DataFrame) -> DataFrame:
    """The staged fates with the score that the step at the end of the pass needs."""
    planned = state.planned
    step = cast(ScoredByModel, planned.recipe.steps[cast(int, ended.end)])
    fates = planned.staging.write(f"pass-{ended.number}", staged(hashed(frame), planned.recipe, TEXT_HASH))
    found = state.scoring.of_fates(step, fates, state.documents)
    state.found.append((step, found))
    scored = fates.drop(TEXT_HASH).join(found, "id", "left")
    # a document without a score would pass the step: it is dropped here, and the count of verdicts stops the run
    return scored.where(F.col("removed_by").isNotNull() | F.col(step.score_column).isNotNull())
