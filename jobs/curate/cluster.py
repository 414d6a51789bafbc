"""The end of a pass at a step that looks across documents: what it finds, and what that means for each document."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from decantry.jobs.curate.fingerprints import store
from decantry.jobs.curate.frames import staged, with_texts
from decantry.jobs.curate.replay import judge_again, replayed
from decantry.jobs.dedup.order import LOCATION
from decantry.jobs.process.spark import F
from decantry.jobs.steps.across import Across

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.curate.existing import Existing
    from decantry.jobs.curate.judging import Judging, Pass


def cluster(state: Judging, ended: Pass, frame: DataFrame) -> DataFrame:
    """The staged fates with what the step found, and with those of published documents that are judged again."""
    planned, number, index = state.planned, ended.number, cast(int, ended.end)
    recipe, staging, existing = planned.recipe, planned.staging, planned.existing
    step = cast(Across, recipe.steps[index])
    columns = step.compares(frame, recipe.steps[:index])
    fates = staging.write(f"pass-{number}", staged(frame.withColumns(columns), recipe, *columns))

    def stage(name: str, made: DataFrame) -> DataFrame:
        return staging.write(f"across-{number}-{name}", made)

    compared = fates
    old = None
    if step.fingerprinted:
        compared = fates.where("removed_by IS NULL").select(*LOCATION, *columns)
        store(planned.lake, recipe, index, compared, planned.crawls, others=existing is not None)
        if existing is not None:
            old = _existing_fingerprints(state, existing, index)
            compared = compared.unionByName(old.drop("removed_at"))

    def texts(wanted: DataFrame) -> DataFrame:
        return _texts(state, ended, wanted, fates, old)

    found = stage("found", step.find(compared, stage, texts))
    state.found.append((step, found))
    applied = _applied(state, step, fates, found).drop(*columns)
    if existing is not None and old is not None:
        effect = step.reconcile(existing.for_step(index, old), found, stage)
        again = judge_again(state, existing, ended, effect)
        applied = applied if again is None else applied.unionByName(again)
    return stage("applied", applied)


def _existing_fingerprints(state: Judging, existing: Existing, index: int) -> DataFrame:
    """The fingerprints of the published documents that reached the step at `index`, and still do."""
    rows = existing.fingerprints(index)
    for ids in state.left_out:
        rows = rows.join(ids, "id", "left_anti")
    return rows


def _applied(state: Judging, step: Across, fates: DataFrame, found: DataFrame) -> DataFrame:
    """The fates after the step has removed documents and cut texts."""
    if not step.edits_text:
        return step.apply(fates, found)
    cut = step.apply(with_texts(fates, state.documents, found), found)
    state.keep_cuts(step, cut, "_cut")
    edited = F.when(F.col("_cut").isNotNull(), F.col("text")).otherwise(F.col("edited"))
    return cut.withColumn("edited", edited).drop("_cut", "text", "language")


def _texts(state: Judging, ended: Pass, wanted: DataFrame, fates: DataFrame, old: DataFrame | None) -> DataFrame:
    """`id, text, language` of the wanted documents, new and published ones, as the steps before have left the text."""
    columns = ("id", "text", "language")
    kept = fates.where("removed_by IS NULL")
    texts = with_texts(kept, state.documents, wanted).join(wanted, "id", "left_semi").select(*columns)
    existing = state.planned.existing
    if old is None or existing is None:
        return texts
    published = existing.documents().join(old.select("id").join(wanted, "id", "left_semi"), "id", "left_semi")
    return texts.unionByName(replayed(state, ended, published).select(*columns))
