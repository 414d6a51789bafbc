"""What a deduplicate step's findings do to the documents that were compared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.dedup.paragraphs import cut_share, what_was_cut, without

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.steps.deduplicate import Deduplicate


def apply(frame: DataFrame, step: Deduplicate, found: DataFrame, *, removing: bool = True) -> DataFrame:
    """The frame with clusters, or cut texts, in it; documents that lose are removed by the step where `removing`.

    `found` is what the step found (`dedup.clusters` or `dedup.paragraphs`), a row a document at most. Documents that
    were removed before are left alone. A cut also leaves `_cut`, what was cut and where it was first seen.
    """
    return _clustered(frame, step, found, removing) if step.clusters else _cut(frame, step, found, removing)


def _clustered(frame: DataFrame, step: Deduplicate, found: DataFrame, removing: bool) -> DataFrame:
    marks = found.select(
        "id",
        F.col("cluster_id").alias("_cluster"),
        F.col("cluster_size").alias("_size"),
        (F.col("id") != F.col("survivor")).alias("_loses"),
    )
    alive = F.col("removed_by").isNull()
    marked = (
        frame.join(marks, "id", "left")
        .withColumn("cluster_id", F.when(alive, F.col("_cluster")).otherwise(F.col("cluster_id")))
        .withColumn("cluster_size", F.when(alive, F.coalesce("_size", F.lit(1))).otherwise(F.col("cluster_size")))
    )
    loses = alive & F.coalesce("_loses", F.lit(False))
    return _removed(marked, step, loses, F.col("_size"), removing).drop("_cluster", "_size", "_loses")


def _cut(frame: DataFrame, step: Deduplicate, found: DataFrame, removing: bool) -> DataFrame:
    cuts = found.select("id", F.col("cuts").alias("_cuts"))
    joined = frame.join(cuts, "id", "left").withColumn("_left", without("text", "_cuts"))
    joined = joined.withColumn("_share", cut_share("text", "_left")).withColumn("_cut", what_was_cut("text", "_cuts"))
    (rule,) = step.rules()
    loses = F.col("removed_by").isNull() & rule.breaks(F.struct(F.col("_share").alias(rule.shown)))
    marked = _removed(joined, step, loses, F.col("_share"), removing)
    return marked.withColumn("text", F.col("_left")).drop("_cuts", "_left", "_share")


def _removed(frame: DataFrame, step: Deduplicate, loses: Column, measured: Column, removing: bool) -> DataFrame:
    """The frame with its losers removed by the step's one rule, which shows what was measured."""
    if not removing:
        return frame
    (rule,) = step.rules()
    values = F.create_map(F.lit(rule.shown), measured.cast("double"))
    frame = frame.withColumn("_loser", loses)
    return (
        frame.withColumn("values", F.when(F.col("_loser"), values).otherwise(F.col("values")))
        .withColumn("removed_by", F.when(F.col("_loser"), F.lit(f"{step}.{rule.name}")).otherwise(F.col("removed_by")))
        .drop("_loser")
    )
