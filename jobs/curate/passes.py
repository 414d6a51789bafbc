"""The passes of a recipe: steps up to a deduplicate step, its clusters, and the steps after it."""

from __future__ import annotations

from functools import reduce

from pyspark.sql import DataFrame
from pyspark.sql import functions as F

from decantry.jobs.curate.judge import fresh, judge, reached
from decantry.jobs.curate.staging import Staging
from decantry.jobs.dedup.clusters import near_duplicate_clusters
from decantry.jobs.recipe.model import Recipe
from decantry.jobs.steps.near_duplicates import NearDuplicates
from decantry.jobs.steps.step import Step
from decantry.schemas.table import Column

PLACE = ("crawl", "warc_path", "warc_offset")
FATE = ("id", "removed_by", "values", "copies", "cluster_id", "cluster_size", "signals")


def outcomes(documents: DataFrame, recipe: Recipe, staging: Staging, *, measure_all: bool = False) -> DataFrame:
    """One staged row a document: its fate, and its corpus columns where it is kept (null where it is not).

    Columns: `crawl`, those of FATE, and those of the recipe's corpus table but `id`. Documents are read once a pass,
    texts come back only for the documents that are still in; deduplication reads band keys alone.
    """
    passes = _split(recipe.steps)
    frame = fresh(documents)
    settled: list[DataFrame] = []
    for number, (steps, dedup) in enumerate(passes):
        for step in steps:
            frame = frame.transform(judge(step, measure_all=measure_all))
        if dedup is None:
            break
        fates = staging.write(f"pass-{number}", _with_bands(frame, documents, dedup, recipe))
        marked = staging.write(f"marked-{number}", _mark(fates, dedup, staging, number))
        settled.append(_removed(marked, recipe))
        frame = _alive(marked, documents)
    return reduce(DataFrame.unionByName, [staging.write("judged", _judged(frame, recipe)), *settled])


def _split(steps: tuple[Step, ...]) -> list[tuple[list[Step], NearDuplicates | None]]:
    """Runs of steps, each with the deduplicate step that ends it; the last ends with none."""
    passes: list[tuple[list[Step], NearDuplicates | None]] = []
    run: list[Step] = []
    for step in steps:
        if isinstance(step, NearDuplicates):
            passes.append((run, step))
            run = []
        else:
            run.append(step)
    return [*passes, (run, None)]


def _with_bands(frame: DataFrame, documents: DataFrame, dedup: NearDuplicates, recipe: Recipe) -> DataFrame:
    """What is staged: fates, band keys, the columns that steps added, and the text only where a step changed it."""
    added = [name for name in _added(recipe) if name in frame.columns]
    changed = F.when(F.col("text") != F.col("_original"), F.col("text"))
    return frame.select(
        *PLACE, *FATE, *added, reached(changed).alias("edited"), reached(dedup.band_keys()).alias("bands")
    )


def _mark(fates: DataFrame, dedup: NearDuplicates, staging: Staging, number: int) -> DataFrame:
    """The fates with clusters in them: all but a cluster's survivor are removed by the step."""
    seen = fates.where("removed_by IS NULL").select("id", *PLACE, F.col(dedup.scope).alias("scope"), "bands")
    clusters = near_duplicate_clusters(seen, lambda name, frame: staging.write(f"dedup-{number}-{name}", frame))
    found = clusters.select(
        "id", F.col("cluster_id").alias("_cluster"), F.col("cluster_size").alias("_size"), "survivor"
    )
    alive = F.col("removed_by").isNull()
    loses = alive & ~F.coalesce("survivor", F.lit(True))
    (rule,) = dedup.rules()
    return (
        fates.drop("bands")
        .join(found, "id", "left")
        .withColumn("cluster_id", F.when(alive, F.col("_cluster")).otherwise(F.col("cluster_id")))
        .withColumn("cluster_size", F.when(alive, F.coalesce("_size", F.lit(1))).otherwise(F.col("cluster_size")))
        .withColumn(
            "values",
            F.when(loses, F.create_map(F.lit(rule.shown), F.col("_size").cast("double"))).otherwise(F.col("values")),
        )
        .withColumn("removed_by", F.when(loses, F.lit(f"{dedup}.{rule.name}")).otherwise(F.col("removed_by")))
        .drop("_cluster", "_size", "survivor")
    )


def _alive(marked: DataFrame, documents: DataFrame) -> DataFrame:
    """The working frame of the next pass: the documents that are still in, with the text as it was left."""
    alive = marked.where("removed_by IS NULL").drop(*PLACE)
    return (
        documents.join(alive, "id")
        .withColumn("_original", F.col("text"))
        .withColumn("text", F.coalesce("edited", "text"))
        .drop("edited")
    )


def _judged(frame: DataFrame, recipe: Recipe) -> DataFrame:
    """Fate and corpus columns of the last pass's frame; the columns are null where the document was removed."""
    origin = {
        "dump": F.col("crawl"),
        "date": F.date_format("fetched_at", "yyyy-MM-dd'T'HH:mm:ss'Z'"),
        "file_path": F.col("warc_path"),
        "minhash_cluster_size": F.col("cluster_size"),
        "token_count": F.col("token_count") if "token_count" in frame.columns else F.lit(None),
    }
    columns = {column.name: (origin.get(column.name, F.col(column.name)), column.type) for column in _columns(recipe)}
    return frame.select(
        "crawl", *FATE, *(reached(source).cast(kind).alias(name) for name, (source, kind) in columns.items())
    )


def _removed(marked: DataFrame, recipe: Recipe) -> DataFrame:
    """Fates of the documents that an earlier pass removed, with no corpus columns to show."""
    gone = marked.where("removed_by IS NOT NULL")
    return gone.select("crawl", *FATE, *(F.lit(None).cast(c.type).alias(c.name) for c in _columns(recipe)))


def _columns(recipe: Recipe) -> list[Column]:
    return [column for column in recipe.corpus().columns if column.name != "id"]


def _added(recipe: Recipe) -> list[str]:
    return ["token_count", *(column.name for step in recipe.steps for column in step.adds())]
