"""Counts which languages, hosts and sources lose too much to one step."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

from decantry.jobs.checks.alarm import CRAWL, HOST, LANGUAGE, SOURCE, Loss, is_expected
from decantry.jobs.process.spark import F, Window

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.steps.step import Step

MOST = 20
"""The most losses that a run names, those with the most removed documents, except to the steps `everywhere`."""
EXAMPLES = 3
NAMES = ("kind", "name", "step")
COLUMNS = {CRAWL: "crawl", LANGUAGE: "_language", HOST: "_host", SOURCE: "_source"}


def lost(fates: DataFrame, recipe: Recipe, everywhere: Collection[str] = ()) -> tuple[list[Loss], int]:
    """The languages, hosts and sources that lose too much to one step, and how many more there are.

    `fates` has `removed_by` and COLUMNS. The steps `everywhere` remove nearly all of every crawl, so losses of sources
    to them are left out: nearly all archives would be named. Other losses to them come last. Tasks add up their own
    documents, so only sums by group are shuffled. A group's state is one number a step.
    """
    steps = [step for step in recipe.steps if step.rules()]
    at = F.regexp_replace("removed_by", "[.][^.]*$", "")
    groups = fates.select(_groups(LANGUAGE, HOST, SOURCE), at.alias("_at")).select("_group.*", "_at")
    sums = [F.count_if(F.col("_at") == str(step)).alias(f"_{number}") for number, step in enumerate(steps)]
    counted = groups.where("name IS NOT NULL").groupBy("kind", "name").agg(F.count("*").alias("_all"), *sums)
    if not steps:
        return [], 0
    found = F.filter(F.array(*_alarms(recipe, steps, everywhere)), lambda each: each["loud"])
    loud = counted.where(F.col("_all") >= recipe.alarms.at_least).select("kind", "name", F.inline(found))
    order = (F.col("step").isin(*everywhere), F.col("removed").desc(), "kind", "name", "step")
    rows = loud.orderBy(*order).limit(MOST + 1).collect()
    more = loud.count() - MOST if len(rows) > MOST else 0
    named = [Loss(row["kind"], row["name"], row["step"], row["documents"], row["removed"]) for row in rows[:MOST]]
    return named, more


def with_examples(losses: Sequence[Loss], fates: DataFrame, documents: DataFrame) -> tuple[Loss, ...]:
    """The losses with the addresses, or ids, of a few removed documents: those with the smallest hashes of ids.

    `documents` has `id` and `url`.
    """
    if not losses:
        return ()
    names = [F.struct(*(F.lit(getattr(each, name)).alias(name) for name in NAMES)) for each in losses]
    wanted = fates.sparkSession.range(1).select(F.inline(F.array(*names)))
    step = F.regexp_replace("removed_by", "[.][^.]*$", "").alias("step")
    removed = fates.where("removed_by IS NOT NULL").select("id", step, _groups(*COLUMNS))
    mine = removed.select("id", "step", "_group.*").join(F.broadcast(wanted), list(NAMES))
    order = Window.partitionBy(*NAMES).orderBy(F.xxhash64("id"), "id")
    rows = mine.withColumn("_n", F.row_number().over(order)).where(F.col("_n") <= EXAMPLES).orderBy("_n").collect()
    ids = sorted({row["id"] for row in rows})
    with_url = documents.where(F.col("id").isin(*ids) & F.col("url").isNotNull()) if ids else documents.limit(0)
    urls = {row["id"]: row["url"] for row in with_url.select("id", "url").collect()}
    return tuple(
        replace(
            each,
            examples=tuple(
                urls.get(row["id"], row["id"])
                for row in rows
                if all(row[name] == getattr(each, name) for name in NAMES)
            ),
        )
        for each in losses
    )


def _groups(*kinds: str) -> Column:
    """The document's groups, one row each: `_group`, a struct of `kind` and `name`."""
    pairs = [F.struct(F.lit(kind).alias("kind"), F.col(COLUMNS[kind]).alias("name")) for kind in kinds]
    return F.explode(F.array(*pairs)).alias("_group")


def _alarms(recipe: Recipe, steps: Sequence[Step], everywhere: Collection[str]) -> list[Column]:
    """What a group lost to each step: a struct of `step, documents, removed, loud`."""
    found = []
    for number, step in enumerate(steps):
        before = [F.col(f"_{earlier}") for earlier in range(number)]
        seen: Column = reduce(lambda left, gone: left - gone, before, F.col("_all"))
        removed = F.col(f"_{number}")
        expected = [kind for kind in COLUMNS if is_expected(step, kind)]
        expected += [SOURCE] if str(step) in everywhere else []
        loud = (seen >= recipe.alarms.at_least) & (removed > recipe.alarms.share * seen) & ~F.col("kind").isin(expected)
        parts = (F.lit(str(step)).alias("step"), seen.alias("documents"), removed.alias("removed"), loud.alias("loud"))
        found.append(F.struct(*parts))
    return found
