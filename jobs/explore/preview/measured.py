"""Applies changed thresholds to kept measurements: which documents leave, and which must be judged again."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.curate.existing import removed_at
from decantry.jobs.explore.preview.changed import moved_of, moved_rules
from decantry.jobs.lake.published import rows_of, verdicts_of
from decantry.jobs.steps.across import AFTER_ALL

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.explore.preview.changed import Changed
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.live import Published
    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.steps.rule import Rule
    from decantry.jobs.steps.step import Step

NO_LANGUAGE = "none"


def affected(
    lake: Lake, recipe: Recipe, published: Sequence[Published], texts: DataFrame, changes: Sequence[Changed]
) -> DataFrame:
    """The documents that a change may affect: kept documents, and documents that a changed step removed.

    Columns: `id, language, kept, removed_by, values`, `shown` (the measurements of changed rules), `again` (whether the
    document must be judged again from its text) and `now` (for each change, whether the document is kept with it; valid
    if `again` is false). A document must be judged again if the lake has no measurements of it, or if a change lets it
    pass the rule that removed it.
    """
    places = sorted({place for change in changes for place in change.steps})
    signals = rows_of(lake, "silver/signals", published).select("id", F.col("values").alias("signals"))
    at = removed_at(recipe)
    verdicts = verdicts_of(lake, published).select("id", "kept", "removed_by", "values", at.alias("at"))
    concerned = verdicts.where(F.col("at").isin(AFTER_ALL, *places))
    languages = texts.select("id", F.coalesce("language", F.lit(NO_LANGUAGE)).alias("language"))
    rows = concerned.join(signals, "id", "left").join(languages, "id")
    known = F.col("signals").isNotNull() if _all_measured(recipe, changes) else F.lit(False)
    passes = F.array(*(_passes(recipe, change) for change in changes))
    comes = F.exists(passes, lambda each: each)
    rows = rows.select(
        *("id", "language", "kept", "removed_by", "values"),
        passes.alias("now"),
        F.when(F.col("kept"), ~known).otherwise(~known | comes).alias("again"),
        shown_of(recipe, changes, "signals").alias("shown"),
    )
    by = [f"{recipe.steps[place]}.{rule.name}" for place in places for rule in moved_of(recipe.steps[place], changes)]
    return rows.where(F.col("kept") | F.col("removed_by").isin(*by))


def shown_of(recipe: Recipe, changes: Sequence[Changed], signals: str) -> Column:
    """The measurements of changed rules, by `step.measurement`, from a map of measurements."""
    names = {
        f"{recipe.steps[place]}.{rule.shown}": None
        for place in sorted({place for change in changes for place in change.steps})
        for rule in moved_of(recipe.steps[place], changes)
    }
    return F.map_filter(signals, lambda name, _: name.isin(*names))


def _all_measured(recipe: Recipe, changes: Sequence[Changed]) -> bool:
    """Whether kept measurements are enough to apply all changes.

    They are not if a rule's measurement is only in verdicts, or if its threshold depends on the language.
    """
    steps = [recipe.steps[place] for place in sorted({place for change in changes for place in change.steps})]
    kept = all(rule.shows is None for step in steps for rule in moved_of(step, changes))
    return kept and all(step.limits() is None for step in steps)


def _passes(recipe: Recipe, change: Changed) -> Column:
    """Whether a document passes all changed steps that it reached, according to its measurements."""
    broken = [
        (F.col("at") >= place) & _breaks(recipe.steps[place], step, place)
        for place, step in sorted(change.steps.items())
    ]
    return ~reduce(lambda a, b: a | b, broken, F.lit(False))


def _breaks(before: Step, after: Step, place: int) -> Column:
    """Whether the document breaks a rule of the changed step.

    A document that passed the step can only break rules whose threshold changed. A document that the step removed may
    break the rule that removed it, or any later rule.
    """
    rules = after.rules()
    moved = {rules[n].name for n in moved_rules(before.rules(), rules)}
    measured = F.struct(*(_signal(after, rule) for rule in {rule.measurement: rule for rule in rules}.values()))
    measurable = [rule for rule in rules if rule.shows is None]
    here = F.col("at") == place
    still = here & ~F.col("removed_by").isin(*(f"{before}.{name}" for name in sorted(moved)))
    broken = [rule.breaks(measured) & (here | F.lit(rule.name in moved)) for rule in measurable]
    return reduce(lambda a, b: a | b, broken, still)


def _signal(step: Step, rule: Rule) -> Column:
    return F.col("signals")[f"{step}.{rule.shown}"].alias(rule.measurement)
