"""Reconcile published documents with what a run found: their new verdicts, and the rows that belong to them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from decantry.jobs.curate.existing import Existing, removed_at, step_index
from decantry.jobs.curate.outcome import Outcomes, cluster_rows, cut_rows
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.curate.plan import Plan

FATE = ("crawl", "id", "removed_by", "values", "cluster_id", "cluster_size")


@dataclass(frozen=True)
class Amendment:
    """New verdicts of documents in published crawls, with all of their clusters and cuts.

    A document's clusters, cuts and measurements count only if the run of its verdict wrote them. So if one of its rows
    changes, all of its rows are written again. `signals` has the published measurements of the documents that were not
    judged again. `crawls` are the crawls of the documents. The frames lack the columns of `outcome.RUN`.
    """

    crawls: tuple[str, ...]
    verdicts: DataFrame
    clusters: DataFrame | None
    cuts: DataFrame | None
    signals: DataFrame | None


def reconcile(planned: Plan, judged: Outcomes) -> Amendment | None:
    """What the run changes in the published crawls that it compared; None if it compared none."""
    existing, due = planned.existing, planned.crawls
    if existing is None:
        return None
    found = cluster_rows(judged)
    found = None if found is None else found.where(~F.col("crawl").isin(*due))
    again = judged.rows.where(~F.col("crawl").isin(*due)).select(*FATE)
    new = again if judged.changes is None else again.unionByName(judged.changes.select(*FATE))
    if found is not None:
        others = _with_changed_clusters(existing, found).join(new.select("id"), "id", "left_anti")
        new = new.unionByName(existing.verdicts.join(others, "id", "left_semi").select(*FATE))
    verdicts = planned.staging.write("amended", new)
    crawls = sorted(row["crawl"] for row in verdicts.select("crawl").distinct().collect())
    ids = verdicts.select("id")
    clusters = None if found is None else found.join(ids.withColumnRenamed("id", "member"), "member", "left_semi")
    cuts, signals = _cuts(judged, existing, verdicts, again), existing.signals
    if signals is not None:
        others = verdicts.select("crawl", "id").join(again.select("crawl", "id"), ["crawl", "id"], "left_anti")
        signals = signals.join(others, ["crawl", "id"], "left_semi").select("crawl", "id", "values")
    return Amendment(tuple(crawls), verdicts, clusters, cuts, signals)


def _with_changed_clusters(existing: Existing, found: DataFrame) -> DataFrame:
    """The ids of the documents whose row in silver/clusters changes."""
    columns = ("cluster", "size", "survivor", "similarity")
    same = [F.col(f"now.{name}").eqNullSafe(F.col(f"then.{name}")) for name in columns]
    joined = found.alias("now").join(existing.clusters.alias("then"), ["crawl", "step", "member"], "full")
    return joined.where(~reduce(lambda a, b: a & b, same)).select(F.col("member").alias("id")).distinct()


def _cuts(judged: Outcomes, existing: Existing, verdicts: DataFrame, again: DataFrame) -> DataFrame | None:
    """The cuts of the documents: new ones of those judged `again`, else the published ones.

    A document has no cuts of steps after the one that removes it.
    """
    now = cut_rows(judged)
    if now is None:
        return None
    recipe = existing.recipe
    others = verdicts.join(again.select("id"), "id", "left_anti").select("id", removed_at(recipe).alias("removed_at"))
    index = step_index(recipe, F.col("step"), default=-1)
    before = existing.cuts.join(others, "id").where(index <= F.col("removed_at")).select(now.columns)
    return now.join(again.select("id"), "id", "left_semi").unionByName(before)
