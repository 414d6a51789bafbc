"""The published rows: the corpora, and the rows of live runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import reduce
from typing import TYPE_CHECKING

from decantry.jobs.lake.commits.corpora import recorded
from decantry.jobs.lake.live import Published, live
from decantry.jobs.process.spark import F, Window
from decantry.schemas import clusters, corpus, cuts, signals, verdicts

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.lake.lake import Lake

DOCUMENT = {clusters.TABLE.name: "member", cuts.TABLE.name: "id", signals.TABLE.name: "id"}
"""The tables that a run writes together with its verdicts, and the column with the document's id."""


def current(lake: Lake, recipe: str | None = None) -> list[Published]:
    """The published state of each recipe and crawl (of one recipe, if given), sorted by both."""
    return live(recorded(lake), recipe)


def published_corpus(lake: Lake, recipe: str) -> DataFrame | None:
    """The corpus of `recipe`: the newest version of its table. None if nothing is published."""
    return lake.read(corpus.table_name(recipe)) if current(lake, recipe) else None


def published_verdicts(lake: Lake, recipe: str | None = None) -> DataFrame:
    """The live verdicts, one for each document of a published recipe (of one recipe, if given) and crawl."""
    return verdicts_of(lake, current(lake, recipe))


def published_rows(lake: Lake, table: str, recipe: str | None = None) -> DataFrame:
    """The rows of silver/clusters, cuts or signals that were written with a live verdict."""
    return rows_of(lake, table, current(lake, recipe))


def verdicts_of(lake: Lake, published: Sequence[Published]) -> DataFrame:
    """The verdicts of these recipes and crawls: for each document, that of the last live run which judged it."""
    rows = lake.read(verdicts.TABLE.name)
    amended = [each for each in published if len(each.runs) > 1]
    found = rows.where(_of_runs([each for each in published if len(each.runs) == 1]))
    if not amended:
        return found
    last = Window.partitionBy("recipe", "crawl", "id").orderBy(_run_number(amended).desc())
    later = rows.where(_of_runs(amended)).withColumn("_last", F.row_number().over(last))
    return found.unionByName(later.where("_last = 1").drop("_last"))


def rows_of(lake: Lake, table: str, published: Sequence[Published]) -> DataFrame:
    """The rows of the table that were written with one of the verdicts of `verdicts_of`."""
    rows = lake.read(table)
    amended = [each for each in published if len(each.runs) > 1]
    found = rows.where(_of_runs([each for each in published if len(each.runs) == 1]))
    if not amended:
        return found
    document = DOCUMENT[table]
    keys = ["recipe", "crawl", document, "run_id"]
    judged = verdicts_of(lake, amended).select("recipe", "crawl", F.col("id").alias(document), "run_id")
    later = rows.where(_of_runs(amended)).join(judged, keys, "left_semi")
    return found.unionByName(later.select(found.columns))


def _of_runs(published: Sequence[Published]) -> Column:
    """Whether a row belongs to one of these crawls and one of its live runs."""
    conditions = [
        _of_crawls(recipe, crawls) & F.col("run_id").isin(*runs) for recipe, runs, crawls in _crawls(published)
    ]
    return reduce(lambda a, b: a | b, conditions, F.lit(False))


def _run_number(published: Sequence[Published]) -> Column:
    """The number of the run among the live runs of its crawl. The oldest is 1."""
    numbers = [
        F.when(_of_crawls(recipe, crawls), F.array_position(F.array(*map(F.lit, runs)), F.col("run_id")))
        for recipe, runs, crawls in _crawls(published)
    ]
    return F.coalesce(*numbers)


def _of_crawls(recipe: str, crawls: Iterable[str]) -> Column:
    return (F.col("recipe") == recipe) & F.col("crawl").isin(sorted(crawls))


def _crawls(published: Sequence[Published]) -> list[tuple[str, tuple[str, ...], set[str]]]:
    """Each recipe with the live runs of some of its crawls, and these crawls."""
    found: dict[tuple[str, tuple[str, ...]], set[str]] = defaultdict(set)
    for each in published:
        found[each.recipe, each.runs].add(each.crawl)
    return [(recipe, runs, crawls) for (recipe, runs), crawls in sorted(found.items())]
