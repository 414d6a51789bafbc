"""The frames between two passes: staged fates, and the documents that go on.

A fate is what has become of a document so far: whether it is removed, by which rule, and what is known of its cluster.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.curate.judge import reached
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from pyspark.sql import Column as Value
    from pyspark.sql import DataFrame

    from decantry.jobs.recipe.model import Recipe
    from decantry.schemas.table import Column

FATE = ("id", "removed_by", "values", "copies", "cluster_id", "cluster_size", "signals")
ORIGIN = ("crawl", "warc_path", "warc_offset")
GROUPS = {"_language": "language", "_host": "host", "_source": "warc_path"}
"""The columns by which losses are counted (jobs/checks/losses.py), and the columns of documents that they copy."""


def staged(frame: DataFrame, recipe: Recipe, *more: str) -> DataFrame:
    """What is staged of the working frame: ORIGIN, groups, FATE, the columns that steps added, and `more`.

    `edited` has the text if a step has changed it; else it is null.
    """
    added = [name for name in _added(recipe) if name in frame.columns]
    changed = F.when(F.col("text") != F.col("_original"), F.col("text"))
    return frame.select(*ORIGIN, *_groups("_language", "_host"), *FATE, *added, *more, reached(changed).alias("edited"))


def next_frame(fates: DataFrame, documents: DataFrame) -> DataFrame:
    """The working frame of the next pass: the documents that are not removed, with the text as the steps left it."""
    kept = fates.where("removed_by IS NULL").drop(*ORIGIN, *GROUPS)
    return (
        documents.join(kept, "id")
        .withColumn("_original", F.col("text"))
        .withColumn("text", F.coalesce("edited", "text"))
        .drop("edited")
    )


def with_texts(fates: DataFrame, documents: DataFrame, wanted: DataFrame) -> DataFrame:
    """The staged fates with `language` and `text`, as the steps left it, for the ids in `wanted`.

    For other ids `language` is null, and `text` is null or the edited text.
    """
    texts = documents.select("id", "language", F.col("text").alias("_given"))
    texts = texts.join(wanted.select("id"), "id", "left_semi")
    return fates.join(texts, "id", "left").withColumn("text", F.coalesce("edited", "_given")).drop("_given")


def corpus_rows(frame: DataFrame, recipe: Recipe) -> DataFrame:
    """`crawl`, GROUPS, FATE and the corpus columns of the last frame. A removed document has null in corpus columns."""
    origin = {
        "dump": F.col("crawl"),
        "date": F.date_format("fetched_at", "yyyy-MM-dd'T'HH:mm:ss'Z'"),
        "file_path": F.col("warc_path"),
        "copy": F.lit(0),
        "minhash_cluster_size": F.col("cluster_size"),
        "token_count": F.col("token_count") if "token_count" in frame.columns else F.lit(None),
    }
    columns = {column.name: (origin.get(column.name, F.col(column.name)), column.type) for column in _columns(recipe)}
    added = [reached(source).cast(kind).alias(name) for name, (source, kind) in columns.items()]
    return frame.select("crawl", *_groups(*GROUPS), *FATE, *added)


def removed_rows(fates: DataFrame, recipe: Recipe) -> DataFrame:
    """The documents that an earlier pass removed, with the columns of `corpus_rows`."""
    removed = fates.where("removed_by IS NOT NULL").withColumn("_source", F.col("warc_path"))
    return removed.select("crawl", *GROUPS, *FATE, *(F.lit(None).cast(c.type).alias(c.name) for c in _columns(recipe)))


def _groups(*names: str) -> list[Value]:
    return [F.col(GROUPS[name]).alias(name) for name in names]


def _columns(recipe: Recipe) -> list[Column]:
    return [column for column in recipe.corpus().columns if column.name != "id"]


def _added(recipe: Recipe) -> list[str]:
    return ["token_count", *(column.name for step in recipe.steps for column in step.adds())]
