"""What steps that cut paragraphs have in common: how cuts are applied, and which published documents they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.dedup.paragraphs import cut_share, what_was_cut, without
from decantry.jobs.steps.across import BeforeRun, Effect, Stage

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
    """The frame with the paragraphs in `found` (`id, cuts`) cut from `text`, and `_cut`.

    Where `removing`, the step's one rule removes documents by the `share` that they lose, of the columns with the text
    before and after.
    """
    from pyspark.sql import functions as F

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


def cut_otherwise(before: BeforeRun, found: DataFrame, stage: Stage) -> Effect:
    """The published documents from which other paragraphs are cut now, or the same ones with another first place."""
    from pyspark.sql import functions as F

    one = F.struct("paragraph", "first_id", "first_paragraph")
    then = before.cuts.groupBy("id").agg(F.sort_array(F.collect_list(one)).alias("_before"))
    rows = before.compared.select("id").join(found.select("id", "cuts"), "id", "left").join(then, "id", "left")
    again = stage("changed", rows.where("NOT (cuts <=> _before)").select("id"))
    return Effect(None, again, again)
