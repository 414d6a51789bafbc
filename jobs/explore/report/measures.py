"""Histograms of what the steps measured, with the rules' thresholds."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from decantry.jobs.explore.report.bins import Bars, Range, bars, range_of
from decantry.jobs.explore.report.contents import Measured, Threshold
from decantry.jobs.explore.report.counts import bin_of
from decantry.jobs.process.spark import F
from decantry.jobs.steps.deduplicate import Deduplicate
from decantry.jobs.steps.rehydrate import Rehydrate

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.recipe.model import Recipe

LANGUAGES = 5
"""The most languages that have their own histograms."""
ACCURACY = 100
"""The accuracy of percentiles: ranks are wrong by at most one in this many documents."""

Cell = tuple[str, str, bool, bool, int, int]
"""A measurement, a language, whether its documents reached the step, whether a rule on it removes them, the index of a
bin, and their number."""


def measures(rows: DataFrame, recipe: Recipe, languages: tuple[str, ...]) -> tuple[Measured, ...]:
    """The histograms of `rows`, which have `language`, `step` (that removed the document, "" if kept) and `values`.

    The values are those of `values_of`.
    """
    thresholds = thresholds_of(recipe)
    order = {str(step): number for number, step in enumerate(recipe.steps)}
    index = F.create_map(*(F.lit(part) for pair in [*order.items(), ("", len(order))] for part in pair))
    named = F.when(F.col("language").isin(*languages[:LANGUAGES]), F.col("language")).otherwise("others")
    each = rows.select(named.alias("language"), index[F.col("step")].alias("last"), "values").persist()
    try:
        ranges, middles = _ranges(each, thresholds)
        steps = {key: order[key.partition(".")[0]] for key in thresholds}
        cells = _cells(each, steps, ranges, {key: passing(mine) for key, mine in thresholds.items()})
    finally:
        each.unpersist()
    return tuple(
        _measured(key, thresholds[key], ranges[key], cells, middles[key]) for key in thresholds if key in ranges
    )


def values_of(recipe: Recipe) -> Column:
    """The values of the measurements in `thresholds_of`, in order, of a row with all `signals`; null for NaN."""
    keys, none = F.array(*map(F.lit, thresholds_of(recipe))).cast("array<string>"), F.lit(None).cast("double")
    return F.transform(keys, lambda key: F.nanvl(F.try_element_at("signals", key), none))


def passing(thresholds: Sequence[Threshold]) -> tuple[float, float]:
    """The least and the greatest value that no rule removes."""
    least, greatest = -math.inf, math.inf
    for each in thresholds:
        inclusive = each.removes_when.endswith("=")
        if each.removes_above:
            greatest = min(greatest, math.nextafter(each.value, -math.inf) if inclusive else each.value)
        else:
            least = max(least, math.nextafter(each.value, math.inf) if inclusive else each.value)
    return least, greatest


def _ranges(each: DataFrame, thresholds: dict[str, tuple[Threshold, ...]]) -> tuple[dict[str, Range], dict[str, float]]:
    """The range of each measurement that any document has, and its median."""
    at = enumerate(thresholds)
    columns = [F.percentile_approx(F.col("values")[n], [0.005, 0.5, 0.995], ACCURACY).alias(key) for n, key in at]
    found = each.agg(*columns).first() if columns else None
    quantiles = {key: q for key, q in found.asDict().items() if q is not None} if found else {}
    ranges = {key: range_of(q[0], q[2], tuple(t.value for t in thresholds[key])) for key, q in quantiles.items()}
    return ranges, {key: q[1] for key, q in quantiles.items()}


def _cells(
    each: DataFrame, steps: dict[str, int], ranges: dict[str, Range], passing: dict[str, tuple[float, float]]
) -> list[Cell]:
    """The numbers of documents by measurement, language, whether they reached its step, whether it removes, and bin.

    `steps` has the index of each measurement's step. Ranges and steps are looked up by the index of the measurement,
    because code for each measurement would be too long for Java to compile.
    """
    if not ranges:
        return []
    any_range = next(iter(ranges.values()))  # for measurements that no document has
    known = []
    for key, step in steps.items():
        r = ranges.get(key, any_range)
        values = {"low": float(r.low), "high": float(r.high), "logarithmic": r.logarithmic, "step": step}
        values |= dict(zip(("least", "greatest"), passing[key], strict=True))
        known.append(F.struct(*(F.lit(value).alias(name) for name, value in values.items())))
    rows = each.select("language", "last", F.posexplode("values").alias("n", "value")).where("value IS NOT NULL")
    rows = rows.withColumn("known", F.array(*known)[F.col("n")])
    low, high, logarithmic, step_ = (F.col(f"known.{name}") for name in ("low", "high", "logarithmic", "step"))
    beyond = (F.col("value") < F.col("known.least")) | (F.col("value") > F.col("known.greatest"))
    groups = ("n", "language", (F.col("last") >= step_).alias("reached"), beyond.alias("beyond"))
    counted = rows.groupBy(*groups, bin_of(F.col("value"), low, high, logarithmic).alias("bin"))
    keys = [*steps]
    return [
        (keys[row["n"]], row["language"], row["reached"], row["beyond"], row["bin"], row["documents"])
        for row in counted.agg(F.count("*").alias("documents")).collect()
    ]


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


def _measured(
    key: str,
    thresholds: tuple[Threshold, ...],
    range_: Range,
    cells: list[Cell],
    median: float,
) -> Measured:
    reached: dict[int, int] = defaultdict(int)
    removed: dict[int, int] = defaultdict(int)
    languages: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
    for name, language, came, beyond, number, n in cells:
        if name != key:
            continue
        languages[language][number] += n
        reached[number] += n if came else 0
        removed[number] += n if came and beyond else 0
    by_language: list[tuple[str, Bars]] = [(name, bars(range_, counts)) for name, counts in languages.items()]
    by_language.sort(key=lambda pair: (pair[0] == "others", -pair[1].documents, pair[0]))
    step, _, name = key.partition(".")
    return Measured(step, name, thresholds, bars(range_, reached, median, removed), tuple(by_language))
