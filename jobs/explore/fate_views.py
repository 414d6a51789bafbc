"""The views `kept_<recipe>`, `removed_<recipe>` and `funnel`: verdicts joined with columns of the documents."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from decantry.jobs.curate.documents import one_a_page, texts_of
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.lake.live import of_newest_hash
from decantry.jobs.lake.published import verdicts_of
from decantry.jobs.process.spark import F, Window
from decantry.schemas.corpus import table_name
from decantry.schemas.table import Column, Table

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.live import Published
    from decantry.jobs.recipe.model import Recipe

FUNNEL = Table(
    name="views/funnel",
    about=(
        "A row for each step of each published recipe, counted from the verdicts, in the order of the steps. Crawls "
        "that were published under another recipe hash than the newest publication are left out."
    ),
    key=("recipe", "place"),
    columns=(
        Column("recipe", "string", "The recipe's name."),
        Column("place", "int", "The step's place, from 1."),
        Column("step", "string", "The step's name."),
        Column("seen", "bigint", "Documents that reached the step.", "documents"),
        Column("removed", "bigint", "Documents that it removed.", "documents"),
        Column("share", "double", "The share that it removed of those that it saw; null if it saw none."),
        Column("rules", "map<string,bigint>", "Documents that each of its rules removed."),
    ),
)
_STEPS = Table(name="views/steps", about="", key=(), columns=FUNNEL.columns[:3])
_OF_PAGE = ("host", "domain", "language_script", "fetched_at", "warc_path", "warc_offset", "warc_length")


Recipes = Mapping[str, Callable[[], "Recipe | None"]]
"""Reads recipes as they were published last, by name; None for one that this version of Decantry cannot read."""


def fate_views(lake: Lake, published: Sequence[Published], recipes: Recipes) -> dict[str, Callable[[], DataFrame]]:
    """The views by name: two for each published recipe, and `funnel`. Each is computed when it is called."""
    found: dict[str, Callable[[], DataFrame]] = {"funnel": partial(funnel, lake, published, recipes)}
    for recipe in sorted({each.recipe for each in published}):
        mine = [each for each in published if each.recipe == recipe]
        name = table_name(recipe).removeprefix("gold/")
        found[f"kept_{name}"] = partial(kept, lake, mine, recipes[recipe])
        found[f"removed_{name}"] = partial(removed, lake, mine, recipes[recipe])
    return found


def kept(lake: Lake, published: Sequence[Published], recipe: Callable[[], Recipe | None]) -> DataFrame:
    """The corpus of a recipe, and those columns of its pages that a corpus lacks: host, archive, offset and others."""
    corpus = lake.read(table_name(published[0].recipe))
    missing = [name for name in _OF_PAGE if name not in corpus.columns]
    found = corpus.join(_documents(lake, recipe()).select("id", *missing), "id", "left")
    return found.select(*corpus.columns, *missing)


def removed(lake: Lake, published: Sequence[Published], recipe: Callable[[], Recipe | None]) -> DataFrame:
    """The documents that a recipe removed: the rule, its measurements, and the page with its extracted text.

    `step` and `rule` are the parts of `removed_by`.
    """
    verdicts = verdicts_of(lake, published).where("NOT kept").drop("recipe", "recipe_hash", "kept", "run_id")
    by = F.col("removed_by")
    page = _documents(lake, recipe()).select("id", "url", "text", "language", "language_score", *_OF_PAGE)
    found = verdicts.join(page, "id")
    return found.withColumns({"step": F.substring_index(by, ".", 1), "rule": F.substring_index(by, ".", -1)})


def funnel(lake: Lake, published: Sequence[Published], recipes: Recipes) -> DataFrame:
    """The rows of FUNNEL for each recipe as it was published last."""
    rows = [
        (name, place, str(step))
        for name, read in sorted(recipes.items())
        for recipe in [read()]
        for place, step in enumerate(recipe.steps if recipe else (), 1)
    ]
    by = F.col("removed_by")
    counts = verdicts_of(lake, of_newest_hash(published)).groupBy("recipe", "removed_by").agg(F.count("*").alias("n"))
    totals = counts.groupBy("recipe").agg(F.sum("n").alias("total"))
    parts = counts.where("removed_by IS NOT NULL").select(
        "recipe", F.substring_index(by, ".", 1).alias("step"), F.substring_index(by, ".", -1).alias("rule"), "n"
    )
    rules = F.map_from_entries(F.sort_array(F.collect_list(F.struct("rule", "n")))).alias("rules")
    steps = parts.groupBy("recipe", "step").agg(F.sum("n").alias("removed"), rules)
    before = Window.partitionBy("recipe").orderBy("place").rowsBetween(Window.unboundedPreceding, -1)
    found = few_rows(lake.spark, _STEPS, rows).join(steps, ["recipe", "step"], "left").join(totals, "recipe")
    gone = F.coalesce("removed", F.lit(0))
    found = found.withColumn("seen", F.col("total") - F.coalesce(F.sum(gone).over(before), F.lit(0)))
    found = found.withColumns(
        {
            "removed": gone,
            "share": F.when(F.col("seen") > 0, gone / F.col("seen")),
            "rules": F.coalesce("rules", F.create_map().cast("map<string,bigint>")),
        }
    )
    return found.select(*FUNNEL.column_names)


def _documents(lake: Lake, recipe: Recipe | None) -> DataFrame:
    """The documents, with the text of the recipe's extractor."""
    return one_a_page(lake) if recipe is None else texts_of(lake, recipe)
