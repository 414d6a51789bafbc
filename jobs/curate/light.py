"""What a step's findings mean for published documents, told without their texts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.curate.standing import KEPT, Standing, reads_cluster_size
from decantry.jobs.steps.deduplicate import Deduplicate

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import DataFrame

    from decantry.jobs.recipe.model import Recipe


@dataclass(frozen=True)
class Light:
    """Published documents after one deduplicate step.

    `changes` are new fates that need no text: `crawl, id, removed_by, values, cluster_id, cluster_size, place` (the
    step's). `again` are the ids that have to be judged from their texts, from this step on. `gone` are the ids that no
    later step finds among the published ones.
    """

    changes: DataFrame | None
    again: DataFrame
    gone: DataFrame


def clustered(
    standing: Standing, place: int, old: DataFrame, found: DataFrame, stage: Callable[[str, DataFrame], DataFrame]
) -> Light:
    """After a step that finds clusters: `old` are the published documents that it compared."""
    step = standing.recipe.steps[place]
    (rule,) = step.rules()
    now = found.select("id", "survivor", F.col("cluster_id").alias("_cluster"), F.col("cluster_size").alias("_size"))
    then = standing.verdicts.select("id", "removed_by", "values", "cluster_id", "cluster_size")
    rows = (
        old.select("crawl", "id", "removed_at")
        .join(now, "id", "left")
        .join(then, "id")
        .withColumn("_size", F.coalesce("_size", F.lit(1)))
        .withColumn("_loses", F.coalesce(F.col("survivor") != F.col("id"), F.lit(False)))
        .withColumn("_rises", ~F.col("_loses") & (F.col("removed_at") == place))
    )
    last_seen_here = F.col("removed_at") < _next(standing.recipe, place)
    other_cluster = ~(F.col("_cluster").eqNullSafe(F.col("cluster_id")) & (F.col("_size") == F.col("cluster_size")))
    newly_lost = F.col("_loses") & (F.col("removed_at") > place)
    changed = rows.where(
        F.col("_rises") | newly_lost | ((F.col("_loses") | last_seen_here) & other_cluster)
    ).withColumn("_again", F.col("_rises"))
    if reads_cluster_size(standing.recipe):
        changed = changed.withColumn("_again", F.col("_again") | (~F.col("_loses") & (F.col("removed_at") > place)))
    changed = stage("changed", changed.withColumn("_gone", F.col("_again") | newly_lost))
    fates = changed.where("NOT _again").select(
        "crawl",
        "id",
        F.when(F.col("_loses"), F.lit(f"{step}.{rule.name}")).otherwise(F.col("removed_by")).alias("removed_by"),
        F.when(F.col("_loses"), F.create_map(F.lit(rule.shown), F.col("_size").cast("double")))
        .otherwise(F.col("values"))
        .alias("values"),
        F.col("_cluster").alias("cluster_id"),
        F.col("_size").alias("cluster_size"),
        F.lit(place).alias("place"),
    )
    again = changed.where("_again").select("id")
    return Light(fates, again, changed.where("_gone").select("id"))


def cut(
    standing: Standing, place: int, old: DataFrame, found: DataFrame, stage: Callable[[str, DataFrame], DataFrame]
) -> Light:
    """After a step that cuts: documents of which other paragraphs are cut now, or that stood first elsewhere."""
    step = str(standing.recipe.steps[place])
    one = F.struct("paragraph", "first_id", "first_paragraph")
    then = standing.cuts.where(F.col("step") == step).groupBy("id")
    before = then.agg(F.sort_array(F.collect_list(one)).alias("_before"))
    rows = old.select("id").join(found.select("id", "cuts"), "id", "left").join(before, "id", "left")
    again = stage("changed", rows.where("NOT (cuts <=> _before)").select("id"))
    return Light(None, again, again)


def _next(recipe: Recipe, place: int) -> int:
    """The place of the next step that finds clusters; past all where there is none."""
    later = (n for n, s in enumerate(recipe.steps) if n > place and isinstance(s, Deduplicate) and s.clusters)
    return next(later, KEPT + 1)
