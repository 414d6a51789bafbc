"""Chooses a few documents of each fate, with their measurements."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from decantry.jobs.explore.report.contents import Reading, Sample
from decantry.jobs.explore.report.counts import urls_of
from decantry.jobs.explore.report.flow import when
from decantry.jobs.lake.published import rows_of
from decantry.jobs.process.spark import F, Window

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.live import Published
    from decantry.jobs.recipe.model import Recipe

EACH = 6
KEPT = 24
MOST = 400
"""The most samples for each rule, of kept documents, and in total."""
CHARACTERS = 2_000
"""How many characters of a text are shown."""


def chosen(facts: DataFrame) -> DataFrame:
    """A few rows of each `removed_by`: those whose ids have the smallest hashes, so that the choice never changes."""
    order = Window.partitionBy("removed_by").orderBy(F.xxhash64("id"), "id")
    numbered = facts.withColumn("_n", F.row_number().over(order))
    # a literal, so that each task sends at most this many rows of a fate
    few = numbered.where(F.col("_n") <= max(EACH, KEPT))
    few = few.where(F.col("_n") <= F.when(F.col("removed_by").isNull(), KEPT).otherwise(EACH))
    return few.orderBy("_n", "id").limit(MOST).drop("_n")


def samples(
    lake: Lake,
    recipe: Recipe,
    published: Sequence[Published],
    texts: DataFrame,
    rows: Sequence[Any],
) -> tuple[Sample, ...]:
    """The samples: kept documents first, then in the order of the recipe's rules.

    `rows` have `id, url, crawl, language, characters, text, removed_by, values, signals`.
    """
    duplicates = _kept_for(lake, recipe, published, texts, rows)
    order = {None: -1} | {
        name: number
        for number, name in enumerate(f"{step}.{rule.name}" for step in recipe.steps for rule in step.rules())
    }
    found = [
        Sample(
            **{name: row[name] for name in ("id", "url", "crawl", "language", "characters", "removed_by")},
            text=row["text"],
            readings=readings(recipe, row["removed_by"], row["values"] or {}, row["signals"] or {}),
            duplicate_of=duplicates.get(row["id"]),
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda each: (order.get(each.removed_by, len(order)), each.id)))


def readings(
    recipe: Recipe, removed_by: str | None, values: dict[str, float], signals: dict[str, float]
) -> tuple[Reading, ...]:
    """The measurements of a document, up to the step that removed it. The rule that removed it is `broken`.

    `values` are those of the verdict, `signals` all measurements by `step.measurement`.
    """
    found = []
    last = removed_by.split(".")[0] if removed_by else None
    for step in recipe.steps:
        for rule in step.rules():
            broken = removed_by == f"{step}.{rule.name}"
            value = values.get(rule.shown) if broken else signals.get(f"{step}.{rule.shown}")
            if value is not None:
                found.append(Reading(str(step), rule.name, float(value), when(step, rule), broken))
        if str(step) == last:
            break
    return tuple(found)


def _kept_for(
    lake: Lake, recipe: Recipe, published: Sequence[Published], texts: DataFrame, rows: Sequence[Any]
) -> dict[str, str]:
    """By id, the survivor of each row that a deduplicate step removed."""
    steps = {str(step) for step in recipe.steps if step.finds_clusters}
    ids = [row["id"] for row in rows if row["removed_by"] and row["removed_by"].split(".")[0] in steps]
    if not ids:
        return {}
    found = rows_of(lake, "silver/clusters", published).where(F.col("member").isin(*ids))
    survivors = {row["member"]: row["survivor"] for row in found.select("member", "survivor").collect()}
    urls = urls_of(texts, sorted({*survivors.values()}))
    return {member: urls.get(survivor, survivor) for member, survivor in survivors.items() if member != survivor}
