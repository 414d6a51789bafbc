"""The rows of published documents that a run judged again, or whose clusters it found to be others."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from decantry.jobs.curate.outcome import Outcomes, cluster_rows, cut_rows
from decantry.jobs.curate.standing import Standing, removed_at

if TYPE_CHECKING:
    from decantry.jobs.curate.plan import Plan

FATE = ("crawl", "id", "removed_by", "values", "cluster_id", "cluster_size")


@dataclass(frozen=True)
class Amendment:
    """New verdicts on documents of published crawls, with all clusters and cuts that belong to them.

    A document's clusters and cuts count only with the run of its verdict, so all of a document's rows are written
    again where one of them changes. `crawls` are the crawls of the documents. The frames have no columns that name
    the recipe and the run.
    """

    crawls: tuple[str, ...]
    verdicts: DataFrame
    clusters: DataFrame | None
    cuts: DataFrame | None


def reconcile(planned: Plan, judged: Outcomes) -> Amendment | None:
    """What the run changes in the published crawls that it compared with; None where it compared with none."""
    standing, due = planned.standing, planned.crawls
    if standing is None:
        return None
    found = cluster_rows(judged)
    found = None if found is None else found.where(~F.col("crawl").isin(*due))
    again = judged.rows.where(~F.col("crawl").isin(*due)).select(*FATE)
    new = again if judged.changes is None else again.unionByName(judged.changes.select(*FATE))
    if found is not None:
        others = _in_other_clusters(standing, found).join(new.select("id"), "id", "left_anti")
        new = new.unionByName(standing.verdicts.join(others, "id", "left_semi").select(*FATE))
    verdicts = planned.staging.write("amended", new)
    crawls = sorted(row["crawl"] for row in verdicts.select("crawl").distinct().collect())
    ids = verdicts.select("id")
    clusters = None if found is None else found.join(ids.withColumnRenamed("id", "member"), "member", "left_semi")
    return Amendment(tuple(crawls), verdicts, clusters, _cuts(judged, standing, verdicts, again))


def _in_other_clusters(standing: Standing, found: DataFrame) -> DataFrame:
    """The ids of the documents whose row of silver/clusters is another one now."""
    said = ["cluster", "size", "survivor", "similarity"]
    same = [F.col(f"n.{name}").eqNullSafe(F.col(f"t.{name}")) for name in said]
    joined = found.alias("n").join(standing.clusters.alias("t"), ["crawl", "step", "member"], "full")
    return joined.where(~reduce(lambda a, b: a & b, same)).select(F.col("member").alias("id")).distinct()


def _cuts(judged: Outcomes, standing: Standing, verdicts: DataFrame, again: DataFrame) -> DataFrame | None:
    """What is cut from the documents: what was found now, and else what stood, up to the step that removes them."""
    now = cut_rows(judged)
    if now is None:
        return None
    place = F.lit(-1)
    for number, step in enumerate(standing.recipe.steps):
        place = F.when(F.col("step") == str(step), F.lit(number)).otherwise(place)
    left = verdicts.join(again.select("id"), "id", "left_anti").select("id", removed_at(standing.recipe).alias("_lost"))
    stood = standing.cuts.join(left, "id").where(place <= F.col("_lost")).select(now.columns)
    return now.join(again.select("id"), "id", "left_semi").unionByName(stood)
