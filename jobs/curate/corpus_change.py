"""What a run changes in the corpus, counted before it is committed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pyspark.sql import functions as F

from decantry.jobs.checks.parts import corpus_counts
from decantry.jobs.lake.literal import literal
from decantry.jobs.lake.tables import NOT_THERE

if TYPE_CHECKING:
    from delta.tables import DeltaTable
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.curate.outcome import Outcomes
    from decantry.jobs.curate.plan import Plan
    from decantry.jobs.curate.reconcile import Amendment
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.staging import Staging
    from decantry.jobs.recipe.model import Recipe

KEY = ("dump", "id", "copy")


@dataclass(frozen=True)
class CorpusChange:
    """The change that one commit makes: rows of new crawls, rows that replace crawls, or rows that are merged.

    A row that is merged says what to do in `_do`: `put` inserts or replaces it, `take` deletes it, `size` renews only
    the size of its cluster. `documents` is how many documents the corpus will have of each crawl, `repeated` how many
    of its rows have a key that another has; `written` and `deleted` are the rows that Delta must report.
    """

    rows: DataFrame
    kind: Literal["append", "replace", "merge"]
    documents: Mapping[str, int]
    repeated: Mapping[str, int]
    written: int
    deleted: int


def corpus_change(planned: Plan, judged: Outcomes, amended: Amendment | None, staging: Staging) -> CorpusChange:
    """The change that publishes what was judged: a merge where published crawls are amended, else a replacement."""
    if amended is not None and amended.crawls:
        return _merge(planned, judged, amended, staging)
    return _replacement(planned, judged)


def _replacement(planned: Plan, judged: Outcomes) -> CorpusChange:
    """The kept rows of the due crawls, in the place of what the corpus has of those that are published.

    They are read from what was judged, so their texts are not written down once more.
    """
    rows = _kept(judged, planned.recipe).where(F.col("dump").isin(*planned.crawls))
    found = corpus_counts(rows)
    documents, repeated = ({row["dump"]: row[name] for row in found} for name in ("documents", "repeated"))
    kind: Literal["append", "replace"] = "replace" if {*planned.crawls} & {*planned.published} else "append"
    return CorpusChange(rows, kind, documents, repeated, sum(row["n"] for row in found), 0)


def _merge(planned: Plan, judged: Outcomes, amended: Amendment, staging: Staging) -> CorpusChange:
    """What is new, changed and removed in the due crawls and in those that are amended."""
    there = _before(planned).where(F.col("dump").isin(*planned.crawls, *amended.crawls)).select(*KEY)
    put = _kept(judged, planned.recipe).withColumn("_do", F.lit("put"))
    is_due = F.col("dump").isin(*planned.crawls)
    again = judged.rows.select("id")
    rows = put
    if judged.changes is not None:
        again = again.unionByName(judged.changes.where("removed_by IS NOT NULL").select("id"))
        if "minhash_cluster_size" in put.columns:
            kept = judged.changes.where("removed_by IS NULL")
            sizes = kept.select("id", F.col("cluster_size").alias("minhash_cluster_size"))
            rows = rows.unionByName(there.join(sizes, "id").withColumn("_do", F.lit("size")), allowMissingColumns=True)
    stale = there.join(put.select(*KEY), list(KEY), "left_anti")
    others = stale.where(~is_due).join(again.distinct(), "id", "left_semi")
    taken = stale.where(is_due).unionByName(others.select(*KEY)).withColumn("_do", F.lit("take"))
    staged = staging.write("corpus", rows.unionByName(taken, allowMissingColumns=True))
    return _counted(staged, there)


def _before(planned: Plan) -> DataFrame:
    """The corpus as it was when the run was planned."""
    lake, name = planned.lake, planned.recipe.corpus().name
    return lake.read(name) if planned.pinned == NOT_THERE else lake.read_version(name, planned.pinned)


def _counted(rows: DataFrame, there: DataFrame) -> CorpusChange:
    do = rows.select(*KEY, "_do").join(there.withColumn("_there", F.lit(True)), list(KEY), "full")
    left = F.col("_do").isNull() | (F.col("_do") != "take")
    counts = do.groupBy("dump").agg(
        F.count_if(left & (F.col("copy") == 0)).alias("documents"),
        F.count_if(F.col("_do").isin("put", "size")).alias("written"),
        F.count_if(F.col("_do") == "take").alias("deleted"),
        (F.count("*") - F.count_distinct("id", "copy")).alias("repeated"),
    )
    found = counts.collect()
    documents, repeated = ({row["dump"]: row[name] for row in found} for name in ("documents", "repeated"))
    return CorpusChange(
        rows, "merge", documents, repeated, *(sum(row[name] for row in found) for name in ("written", "deleted"))
    )


def merged(lake: Lake, recipe: Recipe, change: CorpusChange, table: DeltaTable) -> None:
    """Merge the change into the corpus."""
    names = recipe.corpus().column_names
    listed = ", ".join(literal(crawl) for crawl in sorted(change.documents))
    same = " AND ".join(f"t.{name} = s.{name}" for name in KEY)
    builder = table.alias("t").merge(change.rows.alias("s"), f"t.dump IN ({listed}) AND {same}")
    builder = builder.whenMatchedDelete("s._do = 'take'")
    if "minhash_cluster_size" in names:
        size: dict[str, str | Column] = {"minhash_cluster_size": "s.minhash_cluster_size"}
        builder = builder.whenMatchedUpdate("s._do = 'size'", size)
    every: dict[str, str | Column] = {name: f"s.`{name}`" for name in names}
    builder.whenMatchedUpdate("s._do = 'put'", every).whenNotMatchedInsert("s._do = 'put'", every).execute()


def _kept(judged: Outcomes, recipe: Recipe) -> DataFrame:
    """The corpus rows of the kept documents, each as often as the recipe repeats it."""
    rows = judged.rows.where("removed_by IS NULL")
    if any(step.multiplies for step in recipe.steps):
        rows = rows.withColumn("copy", F.explode(F.sequence(F.lit(0), F.col("copies") - 1)))
    return rows.select(*recipe.corpus().column_names)
