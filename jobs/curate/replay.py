"""Published documents whose fate may change: the steps are applied to their texts again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.curate.frames import staged
from decantry.jobs.curate.judge import fresh
from decantry.jobs.steps.across import Across

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.curate.existing import Existing
    from decantry.jobs.curate.judging import Judging, Pass
    from decantry.jobs.steps.across import Effect


def judge_again(state: Judging, existing: Existing, ended: Pass, effect: Effect) -> DataFrame | None:
    """The fates of the published documents that must be judged again, after the step that ends the pass.

    None if there are no such documents. Notes the rest of the effect, and adds the documents to those that are judged.
    """
    if effect.changes is not None:
        state.changes.append(effect.changes)
    state.left_out.append(effect.left_out)
    if effect.rejudged.isEmpty():
        return None
    staging = state.planned.staging
    documents = existing.documents().join(effect.rejudged, "id", "left_semi")
    documents = staging.write(f"documents-{ended.number}", documents)
    state.documents = state.documents.unionByName(documents)
    frame = staging.write(f"replayed-{ended.number}", replayed(state, ended, documents))
    for number, (step, _) in enumerate(state.found):
        if isinstance(step, Across) and step.edits_text:
            state.keep_cuts(step, frame, f"_cut_{number}")
    return staged(frame, state.planned.recipe)


def replayed(state: Judging, last: Pass, documents: DataFrame) -> DataFrame:
    """The working frame of published documents after all passes up to `last`. `_cut_N` has what pass N cut.

    The steps that ended earlier passes remove no document, because these documents passed them. The step that ends
    `last` may remove documents. It is applied only if its findings are known already.
    """
    frame = fresh(documents)
    for each in state.passes[: last.number + 1]:
        frame = state.after(frame, each.steps)
        if each.number == len(state.found):
            break
        step, found = state.found[each.number]
        if isinstance(step, Across):
            frame = step.apply(frame, found, removing=each.number == last.number)
            if step.edits_text:
                frame = frame.withColumnRenamed("_cut", f"_cut_{each.number}")
        else:
            frame = state.after(state.scoring.of_texts(step, frame), [step])
    return frame
