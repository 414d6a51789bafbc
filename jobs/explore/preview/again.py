"""Judges documents again from their texts, for all changes at once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

from decantry.jobs.curate.judge import altered, fresh, judge, once, reached, signals_of
from decantry.jobs.curate.scoring import with_known
from decantry.jobs.dedup.paragraphs import without
from decantry.jobs.explore.preview.shown import shown_of
from decantry.jobs.process.spark import F
from decantry.jobs.recipe.across_documents import unasked
from decantry.jobs.steps.across import Across
from decantry.jobs.steps.score import ScoredByModel
from decantry.jobs.steps.step import Step

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.explore.preview.change import Change
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe


def judged_again(
    lake: Lake, recipe: Recipe, documents: DataFrame, cuts: DataFrame, changes: Sequence[Change]
) -> DataFrame:
    """The columns `id, passes, stays, shown, characters, tokens` for documents that reached the first changed step.

    `cuts` has the live rows of silver/cuts for these documents. `passes` says for each change whether the document
    passes the changed steps; `stays` says whether it passes all other steps. Steps that need more than one text (those
    of `unasked`) remove no document here, and cut what they cut in the run.
    """
    changed = sorted({index for change in changes for index in change.steps})
    unknown = unasked(recipe)
    frame = fresh(documents)
    for index, step in enumerate(recipe.steps):
        if isinstance(step, Across) and step.edits_text:
            frame = _cut(frame, cuts.where(F.col("step") == str(step)))
        if str(step) in unknown:
            continue
        if index not in changed and index < changed[0] and not _alters(step):
            continue
        if isinstance(step, ScoredByModel):
            frame = with_known(lake, step, frame)
        if index > changed[0] and index not in changed:
            frame = frame.transform(judge(step))
            continue
        frame = frame.withColumn("_measured", once(reached(step.measure())) if step.measure() is not None else F.lit(1))
        measured = F.col("_measured") if step.measure() is not None else None
        if index in changed and measured is not None:
            limits = step.limits()
            if limits is not None:
                frame = frame.withColumn("_limits", once(reached(limits)))
            own = None if limits is None else F.col("_limits")
            passes = F.array(*(~_breaks(change.steps.get(index, step), measured, own) for change in changes))
            frame = frame.withColumn(f"_passes_{index}", once(passes))
            frame = frame.withColumn("signals", F.map_concat("signals", signals_of(step, measured)))
        frame = altered(frame, step, measured).drop("_measured", "_limits")
    passes = reduce(_both, [F.col(f"_passes_{index}") for index in changed])
    tokens = F.col("token_count") if "token_count" in frame.columns else F.lit(None)
    return frame.select(
        "id",
        passes.alias("passes"),
        F.col("removed_by").isNull().alias("stays"),
        shown_of(recipe, changes, "signals").alias("shown"),
        F.length("text").cast("bigint").alias("characters"),
        tokens.cast("bigint").alias("tokens"),
    )


def _cut(frame: DataFrame, cuts: DataFrame) -> DataFrame:
    """The frame, with the texts as they were after the step that wrote these cuts."""
    of_document = cuts.groupBy("id").agg(F.collect_list(F.struct("paragraph")).alias("_cuts"))
    return frame.join(of_document, "id", "left").withColumn("text", once(without("text", "_cuts"))).drop("_cuts")


def _alters(step: Step) -> bool:
    """Whether the step edits the text or adds columns."""
    kind = type(step)
    return kind.edit is not Step.edit or kind.columns is not Step.columns


def _breaks(step: Step, measured: Column, limits: Column | None) -> Column:
    return reduce(lambda a, b: a | b, [rule.breaks(measured, limits) for rule in step.rules()], F.lit(False))


def _both(one: Column, other: Column) -> Column:
    return F.zip_with(one, other, lambda a, b: a & b)
