"""Cut paragraphs from documents, and find the published documents whose cuts change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.dedup.paragraphs import cut_share, what_was_cut, without
from decantry.jobs.process.spark import F
from decantry.jobs.steps.across import Effect, ExistingDocuments, Stage

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import Column, DataFrame

    from decantry.jobs.steps.deduplicate import Deduplicate


def cut(
    step: Deduplicate,
    frame: DataFrame,
    found: DataFrame,
    *,
    removing: bool,
    share: Callable[[str, str], Column] = cut_share,
) -> DataFrame:
    """The frame with the paragraphs in `found` (`id, cuts`) cut from `text`, and `_cut`, which lists them.

    With `removing`, the step's rule removes documents that lose too much. `share` gives the lost share from the names
    of the columns with the text before and after.
    """
    cuts = found.select("id", F.col("cuts").alias("_cuts"))
    joined = (
        frame.join(cuts, "id", "left")
        .withColumn("_left", without("text", "_cuts"))
        .withColumn("_share", share("text", "_left"))
        .withColumn("_cut", what_was_cut("text", "_cuts"))
    )
    if removing:
        (rule,) = step.rules()
        loses = F.col("removed_by").isNull() & rule.breaks(F.struct(F.col("_share").alias(rule.shown)))
        joined = step.removed(joined, loses, F.col("_share"))
    return joined.withColumn("text", F.col("_left")).drop("_cuts", "_left", "_share")


def changed_cuts(existing: ExistingDocuments, found: DataFrame, stage: Stage) -> Effect:
    """The effect on published documents whose cuts change: other paragraphs, or another first occurrence."""
    one = F.struct("paragraph", "first_id", "first_paragraph")
    then = existing.cuts.groupBy("id").agg(F.sort_array(F.collect_list(one)).alias("_before"))
    rows = existing.fingerprints.select("id").join(found.select("id", "cuts"), "id", "left").join(then, "id", "left")
    changed = stage("changed", rows.where("NOT (cuts <=> _before)").select("id"))
    return Effect(changes=None, rejudged=changed, left_out=changed)
