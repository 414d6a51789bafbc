"""Applies changed thresholds to kept measurements: which documents leave or enter, and which must be judged again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.curate.existing import removed_at
from decantry.jobs.curate.judge import once
from decantry.jobs.explore.preview.change import changed_rule_names
from decantry.jobs.explore.preview.contents import NO_LANGUAGE
from decantry.jobs.explore.preview.passing import (
    enough_for_passed,
    enough_for_removed,
    passes,
    passes_later_changes,
    passes_later_steps,
)
from decantry.jobs.explore.preview.shown import shown_of
from decantry.jobs.lake.published import rows_of, verdicts_of
from decantry.jobs.process.spark import F
from decantry.schemas.signals import CHARACTERS, TOKENS

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.explore.preview.change import Change
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.live import Published
    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.steps.rule import Rule
    from decantry.jobs.steps.step import Step


@dataclass(frozen=True)
class Columns:
    """Measured documents as columns of Spark: `at, removed_by, signals, language, language_script`.

    `at` is the index of the step that removed the document.
    """

    def reached(self, index: int) -> Column:
        """Whether no step before the one at `index` removed the document."""
        return F.col("at") >= index

    def removed_at(self, index: int) -> Column:
        """Whether the step at `index` removed the document."""
        return F.col("at") == index

    def removed_by(self, names: Sequence[str]) -> Column:
        """Whether one of these rules removed the document."""
        return F.coalesce(F.col("removed_by").isin(*names), F.lit(False))

    def breaks(self, step: Step, rule: Rule) -> Column:
        """Whether the document's kept measurement breaks the rule."""
        measured = F.struct(F.col("signals")[f"{step}.{rule.shown}"].alias(rule.measurement))
        return rule.breaks(measured, step.limits() if rule.limit else None)


def affected(
    lake: Lake, recipe: Recipe, published: Sequence[Published], texts: DataFrame, changes: Sequence[Change]
) -> DataFrame:
    """The documents that a change may affect: kept documents, and documents that a changed rule removed.

    Columns: `id, language, kept, removed_by, values`, `shown` (the measurements of changed rules), `again` (whether the
    document must be judged again from its text), `now` (for each change, whether the document is kept with it; valid if
    `again` is false), and `characters, tokens` (null if they are not kept). A document must be judged again if the lake
    has no measurements of it. It must also be judged again if a change lets it pass the rule that removed it, and the
    measurements do not say whether it passes the later steps.
    """
    signals = rows_of(lake, "silver/signals", published).select("id", F.col("values").alias("signals"))
    verdicts = verdicts_of(lake, published).withColumn("at", removed_at(recipe))
    concerned = verdicts.where(F.col("kept") | F.col("removed_by").isin(changed_rule_names(recipe, changes)))
    own = texts.select("id", "language", "language_script")
    rows = concerned.select("id", "kept", "removed_by", "values", "at").join(signals, "id", "left").join(own, "id")
    return decided(rows, recipe, changes).select(
        *("id", F.coalesce("language", F.lit(NO_LANGUAGE)).alias("language"), "kept", "removed_by", "values"),
        *("now", "again", shown_of(recipe, changes, "signals").alias("shown")),
        *(F.col("signals")[name].cast("bigint").alias(name) for name in (CHARACTERS, TOKENS)),
    )


def decided(rows: DataFrame, recipe: Recipe, changes: Sequence[Change]) -> DataFrame:
    """The rows with `now` and `again` (see `affected`). They must have `kept` and the columns of Columns."""
    known = Columns()
    measured = F.col("signals").isNotNull() if enough_for_passed(recipe, changes) else F.lit(False)
    now = [passes(recipe, change, known) for change in changes]
    enters, complete = F.exists(F.array(*now), lambda each: each), F.lit(False)
    if enough_for_removed(recipe, changes):
        complete = F.col("signals")[CHARACTERS].isNotNull()
        rows = rows.withColumn("_passes_later", once(passes_later_steps(recipe, changes, known)))
        with_ = [passes_later_changes(change, known) for change in changes]
        now = [one & other & F.col("_passes_later") for one, other in zip(now, with_, strict=True)]
    again = F.when(F.col("kept"), ~measured).otherwise(~measured | (enters & ~complete))
    return rows.withColumn("again", again).withColumn("now", F.array(*now))
