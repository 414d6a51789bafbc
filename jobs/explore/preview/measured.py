"""What kept measurements say of changed thresholds: who leaves, who enters, and who has to be judged again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.curate.judge import once
from decantry.jobs.curate.standing import removed_at
from decantry.jobs.explore.preview.changed import rules_of
from decantry.jobs.explore.preview.contents import NO_LANGUAGE
from decantry.jobs.explore.preview.passing import (
    goes_on,
    goes_on_with,
    passers_are_told,
    passes,
    removed_are_told,
)
from decantry.jobs.explore.preview.shown import shown_of
from decantry.jobs.lake.published import rows_of, verdicts_of
from decantry.schemas.signals import CHARACTERS, TOKENS

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.explore.preview.changed import Changed
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.live import Published
    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.steps.rule import Rule
    from decantry.jobs.steps.step import Step


@dataclass(frozen=True)
class Columns:
    """What is known of documents, as columns (see Measured): `at`, `removed_by`, `signals`, and the language's two."""

    def came_to(self, place: int) -> Column:
        """Whether no step before that place removed the document."""
        return F.col("at") >= place

    def removed_at(self, place: int) -> Column:
        """Whether the step at that place removed it."""
        return F.col("at") == place

    def removed_by(self, names: Sequence[str]) -> Column:
        """Whether one of these rules removed it."""
        return F.coalesce(F.col("removed_by").isin(*names), F.lit(False))

    def breaks(self, step: Step, rule: Rule) -> Column:
        """Whether its kept measurement breaks the rule."""
        measured = F.struct(F.col("signals")[f"{step}.{rule.shown}"].alias(rule.measurement))
        return rule.breaks(measured, step.limits() if rule.limit else None)


def affected(
    lake: Lake, recipe: Recipe, published: Sequence[Published], texts: DataFrame, changes: Sequence[Changed]
) -> DataFrame:
    """The judged documents that a change may concern: those that are kept, or removed by a rule that it changes.

    Columns: `id, language, kept, removed_by, values`, `shown` (the measurements that changed rules look at), `again`
    (only its text says what becomes of the document), `now`: for each change, whether the document stays or comes; and
    `characters, tokens`, where they are kept. `now` counts where `again` is false. A document is judged again if the
    lake has no measurements of it; and if a change lets it pass the rule that removed it, and the measurements do not
    say what later steps do.
    """
    signals = rows_of(lake, "silver/signals", published).select("id", F.col("values").alias("signals"))
    verdicts = verdicts_of(lake, published).withColumn("at", removed_at(recipe))
    concerned = verdicts.where(F.col("kept") | F.col("removed_by").isin(rules_of(recipe, changes)))
    own = texts.select("id", "language", "language_script")
    rows = concerned.select("id", "kept", "removed_by", "values", "at").join(signals, "id", "left").join(own, "id")
    return decided(rows, recipe, changes).select(
        *("id", F.coalesce("language", F.lit(NO_LANGUAGE)).alias("language"), "kept", "removed_by", "values"),
        *("now", "again", shown_of(recipe, changes, "signals").alias("shown")),
        *(F.col("signals")[name].cast("bigint").alias(name) for name in (CHARACTERS, TOKENS)),
    )


def decided(rows: DataFrame, recipe: Recipe, changes: Sequence[Changed]) -> DataFrame:
    """The rows, which have `kept` and the columns of Columns, with `now` and `again`."""
    known = Columns()
    told = F.col("signals").isNotNull() if passers_are_told(recipe, changes) else F.lit(False)
    now = [passes(recipe, change, known) for change in changes]
    comes, whole = F.exists(F.array(*now), lambda each: each), F.lit(False)
    if removed_are_told(recipe, changes):
        whole = F.col("signals")[CHARACTERS].isNotNull()
        rows = rows.withColumn("_goes_on", once(goes_on(recipe, changes, known)))
        with_ = [goes_on_with(change, known) for change in changes]
        now = [one & other & F.col("_goes_on") for one, other in zip(now, with_, strict=True)]
    again = F.when(F.col("kept"), ~told).otherwise(~told | (comes & ~whole))
    return rows.withColumn("again", again).withColumn("now", F.array(*now))
