"""Histograms of what the steps measured, with the rules' thresholds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.explore.report.bins import Bars, Range, bars, range_of
from decantry.jobs.explore.report.contents import Measured, Threshold
from decantry.jobs.explore.report.counts import bin_of
from decantry.jobs.steps.deduplicate import Deduplicate
from decantry.jobs.steps.rehydrate import Rehydrate

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.recipe.model import Recipe

LANGUAGES = 5
"""The most languages that have their own histograms."""
UNSURE = 100
"""The accuracy of percentiles: ranks are wrong by at most one in this many documents."""


def measures(rows: DataFrame, recipe: Recipe, languages: tuple[str, ...]) -> tuple[Measured, ...]:
    """The histograms of `rows`, which have `language`, `step` (that removed the document, "" if kept) and `signals`."""
    thresholds = thresholds_of(recipe)
    order = {str(step): number for number, step in enumerate(recipe.steps)}
    place = F.create_map(*(F.lit(part) for pair in [*order.items(), ("", len(order))] for part in pair))
    named = F.when(F.col("language").isin(*languages[:LANGUAGES]), F.col("language")).otherwise("others")
    each = rows.select(named.alias("language"), "step", F.explode("signals").alias("key", "value")).where(
        F.col("key").isin(list(thresholds)) & F.col("value").isNotNull() & ~F.isnan("value")
    )
    reached = place[F.col("step")] >= place[F.substring_index("key", ".", 1)]
    each = each.withColumn("reached", reached)
    found = each.groupBy("key").agg(F.percentile_approx("value", [0.005, 0.5, 0.995], UNSURE).alias("q")).collect()
    middles = {row["key"]: row["q"][1] for row in found}
    ranges = {
        row["key"]: range_of(row["q"][0], row["q"][2], tuple(each.value for each in thresholds[row["key"]]))
        for row in found
    }
    if not ranges:
        return ()
    counted = (
        each.where(F.col("key").isin(*ranges))
        .groupBy("key", "language", "reached", _bin(ranges).alias("bin"))
        .agg(F.count("*").alias("n"))
        .collect()
    )
    cells = [(row["key"], row["language"], row["reached"], row["bin"], row["n"]) for row in counted]
    return tuple(
        _measured(key, thresholds[key], ranges[key], cells, middles[key]) for key in thresholds if key in ranges
    )


def thresholds_of(recipe: Recipe) -> dict[str, tuple[Threshold, ...]]:
    """The thresholds on each measurement, `step.measurement`, in the order of the recipe.

    Predicates are left out, and so are thresholds that depend on the language.
    """
    found: dict[str, tuple[Threshold, ...]] = {}
    for step in recipe.steps:
        if isinstance(step, Deduplicate | Rehydrate) or step.kind in ("where", "sample", "url_filter"):
            continue
        for rule in step.rules():
            mine = found.setdefault(f"{step}.{rule.shown}", ())
            one_number = not isinstance(rule.threshold, tuple) and rule.shows is None and rule.limit is None
            if one_number and rule.removes_when != "=":
                found[f"{step}.{rule.shown}"] = (*mine, Threshold(rule.name, rule.removes_when, rule.threshold))
    return {key: mine for key, mine in found.items() if mine}


def _bin(ranges: dict[str, Range]) -> Column:
    def of(values: Iterable[object]) -> Column:
        pairs = [F.lit(part) for pair in zip(ranges, values, strict=True) for part in pair]
        return F.create_map(*pairs)[F.col("key")]

    each = ranges.values()
    return bin_of(F.col("value"), of(r.low for r in each), of(r.high for r in each), of(r.logarithmic for r in each))


def _measured(
    key: str,
    thresholds: tuple[Threshold, ...],
    range_: Range,
    cells: list[tuple[str, str, bool, int, int]],
    median: float,
) -> Measured:
    reached: dict[int, int] = defaultdict(int)
    languages: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for name, language, came, number, n in cells:
        if name != key:
            continue
        languages[language][number] += n
        reached[number] += n if came else 0
    by_language: list[tuple[str, Bars]] = [(name, bars(range_, counts)) for name, counts in languages.items()]
    by_language.sort(key=lambda pair: (pair[0] == "others", -pair[1].documents, pair[0]))
    step, _, name = key.partition(".")
    return Measured(step, name, thresholds, bars(range_, reached, median), tuple(by_language))
