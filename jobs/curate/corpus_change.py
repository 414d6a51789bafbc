"""The change that a run makes to the corpus: staged and counted before it is committed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from decantry.jobs.checks.parts import corpus_counts
from decantry.jobs.process.spark import F
from decantry.schemas.table import literal

if TYPE_CHECKING:
    from delta.tables import DeltaMergeBuilder
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.curate.outcome import Outcomes
    from decantry.jobs.curate.plan import Plan
    from decantry.jobs.curate.reconcile import Amendment
    from decantry.jobs.lake.commits import Transaction
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe

KEY = ("dump", "id", "copy")


@dataclass(frozen=True)
class CorpusChange:
    """The change of one commit. It appends new crawls, replaces crawls, or merges rows.

    The column `_do` of a row to merge says what to do: `put` inserts or replaces the row, `delete` removes it, and
    `size` updates only its cluster size. By crawl, `documents` is the number of documents that the corpus will have,
    and `repeated` the number of its rows that share their key with another row. `written` and `deleted` are the numbers
    of rows that Delta must report.
    """

    rows: DataFrame
    kind: Literal["append", "replace", "merge"]
    documents: Mapping[str, int]
    repeated: Mapping[str, int]
    written: int
    deleted: int


def corpus_change(planned: Plan, judged: Outcomes, amended: Amendment | None) -> CorpusChange:
    """The change that publishes what was judged: a merge if published crawls are amended, else a replacement."""
    if amended is not None and amended.crawls:
        return _merge(planned, judged, amended)
    return _replacement(planned, judged)


def _replacement(planned: Plan, judged: Outcomes) -> CorpusChange:
    """The kept rows of the due crawls. They replace what the corpus has of these crawls.

    The rows are read from the staged outcomes, so that their texts are not staged a second time.
    """
    rows = _kept(judged, planned.recipe).where(F.col("dump").isin(*planned.crawls))
    found = corpus_counts(rows)
    return CorpusChange(
        rows,
        kind="replace" if {*planned.crawls} & {*planned.published} else "append",
        documents={row["dump"]: row["documents"] for row in found},
        repeated={row["dump"]: row["repeated"] for row in found},
        written=sum(row["n"] for row in found),
        deleted=0,
    )


def _merge(planned: Plan, judged: Outcomes, amended: Amendment) -> CorpusChange:
    """The new, changed and deleted rows of the due and amended crawls."""
    before = planned.lake.read_version(planned.recipe.corpus().name, planned.pinned)
    before = before.where(F.col("dump").isin(*planned.crawls, *amended.crawls)).select(*KEY)
    put = _kept(judged, planned.recipe).withColumn("_do", F.lit("put"))
    is_due = F.col("dump").isin(*planned.crawls)
    again = judged.rows.select("id")
    rows = put
    if judged.changes is not None:
        again = again.unionByName(judged.changes.where("removed_by IS NOT NULL").select("id"))
        if "minhash_cluster_size" in put.columns:
            kept = judged.changes.where("removed_by IS NULL")
            sizes = kept.select("id", F.col("cluster_size").alias("minhash_cluster_size"))
            rows = rows.unionByName(before.join(sizes, "id").withColumn("_do", F.lit("size")), allowMissingColumns=True)
    stale = before.join(put.select(*KEY), list(KEY), "left_anti")
    others = stale.where(~is_due).join(again.distinct(), "id", "left_semi")
    deleted = stale.where(is_due).unionByName(others.select(*KEY)).withColumn("_do", F.lit("delete"))
    staged = planned.staging.write("corpus", rows.unionByName(deleted, allowMissingColumns=True))
    return _counted(staged, before)


def _counted(rows: DataFrame, before: DataFrame) -> CorpusChange:
    """The merge of `rows` into a corpus with the keys `before`, with the counts that it must have."""
    do = rows.select(*KEY, "_do").join(before, list(KEY), "full")
    stays = F.col("_do").isNull() | (F.col("_do") != "delete")
    counts = do.groupBy("dump").agg(
        F.count_if(stays & (F.col("copy") == 0)).alias("documents"),
        F.count_if(F.col("_do").isin("put", "size")).alias("written"),
        F.count_if(F.col("_do") == "delete").alias("deleted"),
        (F.count("*") - F.count_distinct("id", "copy")).alias("repeated"),
    )
    found = counts.collect()
    return CorpusChange(
        rows,
        kind="merge",
        documents={row["dump"]: row["documents"] for row in found},
        repeated={row["dump"]: row["repeated"] for row in found},
        written=sum(row["written"] for row in found),
        deleted=sum(row["deleted"] for row in found),
    )


def merge(lake: Lake, recipe: Recipe, change: CorpusChange, transaction: Transaction, **about: object) -> int:
    """Merge the change into the corpus, and return the version that has it. Raises Superseded."""
    names = recipe.corpus().column_names
    crawls = ", ".join(literal(crawl) for crawl in sorted(change.documents))
    same = " AND ".join(f"t.{name} = s.{name}" for name in KEY)
    size: dict[str, str | Column] = {"minhash_cluster_size": "s.minhash_cluster_size"}
    row: dict[str, str | Column] = {name: f"s.`{name}`" for name in names}

    def clauses(builder: DeltaMergeBuilder) -> DeltaMergeBuilder:
        builder = builder.whenMatchedDelete("s._do = 'delete'")
        if "minhash_cluster_size" in names:
            builder = builder.whenMatchedUpdate("s._do = 'size'", size)
        return builder.whenMatchedUpdate("s._do = 'put'", row).whenNotMatchedInsert("s._do = 'put'", row)

    return lake.merge(
        recipe.corpus().name, change.rows, f"t.dump IN ({crawls}) AND {same}", clauses, transaction=transaction, **about
    )


def _kept(judged: Outcomes, recipe: Recipe) -> DataFrame:
    """The corpus rows of the kept documents, each as often as the recipe repeats it."""
    rows = judged.rows.where("removed_by IS NULL")
    if any(step.multiplies for step in recipe.steps):
        rows = rows.withColumn("copy", F.explode(F.sequence(F.lit(0), F.col("copies") - 1)))
    return rows.select(*recipe.corpus().column_names)
