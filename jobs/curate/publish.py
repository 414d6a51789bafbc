"""Publish: corpus and verdicts first, then the one row that makes readers see them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timezone
from functools import reduce
from typing import TYPE_CHECKING

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from decantry.jobs.commits import Transaction
from decantry.jobs.curate.outcome import Outcomes
from decantry.jobs.curate.parts import Part
from decantry.jobs.curate.retract import Retraction
from decantry.jobs.few_rows import few_rows
from decantry.jobs.lake import Lake, literal
from decantry.jobs.rebalance import rebalanced
from decantry.jobs.recipe.model import Recipe
from decantry.schemas import clusters, cuts, publications, signals, verdicts

if TYPE_CHECKING:
    from pyspark.sql import Column


def publish(
    lake: Lake,
    recipe: Recipe,
    recipe_hash: str,
    judged: Outcomes,
    parts: Sequence[Part],
    due: Sequence[str],
    *,
    measure_all: bool,
) -> int:
    """Write the corpus, the verdicts and, last, the publications of `parts`.

    The crawls that are `due` replace what stood in their place; in others, which were published before and are
    compared with them, only what has changed is merged. A failure before the last commit leaves readers with the old
    publication; the next run writes the same rows again. Returns the version of ops/publications that names them.
    """
    listed = ", ".join(literal(crawl) for crawl in due)
    is_due = F.col("crawl").isin(*due)
    mine = f"recipe = {literal(recipe.recipe)} AND recipe_hash = {literal(recipe_hash)} AND crawl IN ({listed})"
    names = {"recipe": F.lit(recipe.recipe), "recipe_hash": F.lit(recipe_hash), "run_id": F.lit(lake.run_id)}
    others = [part.crawl for part in parts if part.crawl not in due]
    retraction = Retraction(lake, recipe, recipe_hash, judged, others, due, names) if others else None
    if retraction is not None:
        retraction.clean()

    def written(name: str) -> Transaction:
        return lake.transaction("curate", name, due, recipe_hash)

    table = recipe.corpus()
    kept = repeated(judged.rows.where(is_due & F.col("removed_by").isNull()), recipe)
    corpus_version = lake.replace(
        table.name, rebalanced(kept, "dump"), f"dump IN ({listed})", table, written(table.name)
    )
    fates = judged.rows.where(is_due).withColumns(names).withColumn("kept", F.col("removed_by").isNull())
    fates = fates.select(*verdicts.TABLE.column_names)
    verdicts_version = lake.replace(
        verdicts.TABLE.name, rebalanced(fates, "crawl"), mine, as_=written(verdicts.TABLE.name)
    )
    found = cluster_rows(judged, names)
    if found is not None:
        lake.replace(
            clusters.TABLE.name, rebalanced(found.where(is_due), "crawl"), mine, as_=written(clusters.TABLE.name)
        )
    cut = cut_rows(judged, names)
    if cut is not None:
        lake.replace(cuts.TABLE.name, rebalanced(cut.where(is_due), "crawl"), mine, as_=written(cuts.TABLE.name))
    if measure_all:
        measured = judged.rows.where(is_due).drop("values").withColumnRenamed("signals", "values").withColumns(names)
        measured = measured.select(*signals.TABLE.column_names)
        lake.replace(signals.TABLE.name, measured, mine, as_=written(signals.TABLE.name))
    if retraction is not None:
        corpus_version, verdicts_version = retraction.corpus(), retraction.verdicts()
        if found is not None:
            retraction.clusters(found)
        if cut is not None:
            retraction.cuts(cut)
    cuts_version = None if cut is None else lake.version(cuts.TABLE.name)
    versions = (verdicts_version, corpus_version, cuts_version, lake.run_id, datetime.now(timezone.utc))
    rows = [
        (
            *(recipe.recipe, part.crawl, recipe_hash, part.documents_hash, part.documents_version, part.documents),
            *(part.kept, *versions),
        )
        for part in parts
    ]
    every = ", ".join(literal(part.crawl) for part in parts)
    return lake.replace(
        publications.TABLE.name,
        few_rows(lake.spark, publications.TABLE, rows),
        f"recipe = {literal(recipe.recipe)} AND recipe_hash = {literal(recipe_hash)} AND crawl IN ({every})",
        as_=written(publications.TABLE.name),
    )


def repeated(kept: DataFrame, recipe: Recipe) -> DataFrame:
    """The kept documents, each as often as the recipe repeats it."""
    if not any(step.multiplies for step in recipe.steps):
        return kept
    return kept.withColumn("copy", F.explode(F.sequence(F.lit(1), "copies")))


def cluster_rows(judged: Outcomes, names: dict[str, Column]) -> DataFrame | None:
    """What the steps found, as silver/clusters has it; none where no step finds clusters."""
    parts = [
        found.select(
            "crawl",
            F.lit(step).alias("step"),
            F.col("id").alias("member"),
            F.col("cluster_id").alias("cluster"),
            F.col("cluster_size").alias("size"),
            "survivor",
            "similarity",
        )
        for step, found in judged.found.items()
    ]
    if not parts:
        return None
    return reduce(DataFrame.unionByName, parts).withColumns(names).select(*clusters.TABLE.column_names)


def cut_rows(judged: Outcomes, names: dict[str, Column]) -> DataFrame | None:
    """What the steps cut, as silver/cuts has it; none where no step cuts."""
    parts = [found.withColumn("step", F.lit(step)) for step, found in judged.cuts.items()]
    if not parts:
        return None
    return reduce(DataFrame.unionByName, parts).withColumns(names).select(*cuts.TABLE.column_names)
