"""Apply one step to every document that has not been removed yet."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import Column, DataFrame

    from decantry.jobs.steps.rule import Rule
    from decantry.jobs.steps.step import Step

VALUES = "map<string,double>"


def fresh(documents: DataFrame) -> DataFrame:
    """The working frame: the documents, none of them removed yet.

    Adds `_original` (the text before any edit), `removed_by`, `values`, `copies` (how often the corpus repeats the
    document), `cluster_id`, `cluster_size` and `signals` (all measurements, if they are kept).
    """
    return documents.select(
        "*",
        F.col("text").alias("_original"),
        F.lit(None).cast("string").alias("removed_by"),
        F.create_map().cast(VALUES).alias("values"),
        F.lit(1).alias("copies"),
        F.lit(None).cast("string").alias("cluster_id"),
        F.lit(None).cast("bigint").alias("cluster_size"),
        F.create_map().cast(VALUES).alias("signals"),
    )


def judge(step: Step, *, measure_all: bool = False) -> Callable[[DataFrame], DataFrame]:
    """A transform of the working frame that tries the step's rules, edits the text and adds the step's columns.

    Documents that are already removed are measured and edited only with `measure_all`. A native function runs once for
    each document that reaches it, however many of its measurements are read.
    """

    def transform(frame: DataFrame) -> DataFrame:
        measurement = step.measure()
        measured = None
        if measurement is not None:
            step.require_fits(frame)
            frame = frame.withColumn("_measured", once(measurement if measure_all else reached(measurement)))
            measured = F.col("_measured")
            limits = step.limits()
            if limits is not None:
                frame = frame.withColumn("_limits", once(reached(limits)))
            frame = _remove(frame, step, measured, None if limits is None else F.col("_limits"))
            if measure_all:
                frame = frame.withColumn("signals", F.map_concat("signals", signals_of(step, measured)))
            if step.multiplies:
                frame = frame.withColumn("copies", F.coalesce(F.col("copies") * measured["copies"], F.col("copies")))
        return altered(frame, step, measured, removed=measure_all).drop("_measured", "_limits")

    return transform


def altered(frame: DataFrame, step: Step, measured: Column | None, *, removed: bool = False) -> DataFrame:
    """The working frame with the step's edit and columns, for documents that are not removed.

    With `removed`, removed documents get them too, so that later steps measure the text that they would be given.
    """
    edited = step.edit(measured)
    if edited is not None:
        edited = edited if removed else reached(edited)
        frame = frame.withColumn("text", once(F.coalesce(edited, F.col("text"))))
    for name, column in step.columns(measured).items():
        frame = frame.withColumn(name, once(column if removed else reached(column)))
    return frame


def _remove(frame: DataFrame, step: Step, measured: Column, limits: Column | None) -> DataFrame:
    """The working frame with the documents removed that break a rule of the step."""
    rules = step.rules()
    if not rules:
        return frame
    broken = case([(rule.breaks(measured, limits), F.lit(rule.name)) for rule in rules])
    shown = case([(F.col("_broken") == rule.name, _values(rule, measured, limits)) for rule in rules])
    return (
        frame.withColumn("_broken", reached(broken))
        .withColumn("values", F.coalesce(shown, F.col("values")))
        .withColumn("removed_by", F.coalesce(F.col("removed_by"), F.concat(F.lit(f"{step}."), F.col("_broken"))))
        .drop("_broken")
    )


def _values(rule: Rule, measured: Column, limits: Column | None) -> Column:
    """The values of a verdict: the measurement, and the threshold if it may be the language's own."""
    shown = [F.lit(rule.shown), measured[rule.shown].cast("double")]
    return F.create_map(*shown, *([F.lit("threshold"), rule.bound(limits)] if rule.limit else []))


def signals_of(step: Step, measured: Column) -> Column:
    """The measurements that the step's rules show, by `step.measurement`."""
    names = sorted({rule.shown for rule in step.rules()})
    pairs = [part for name in names for part in (F.lit(f"{step}.{name}"), measured[name].cast("double"))]
    return F.create_map(*pairs).cast(VALUES)


def reached(column: Column) -> Column:
    """The column for documents that no step has removed; null for others."""
    return F.when(F.col("removed_by").isNull(), column)


def once(column: Column) -> Column:
    """The column, evaluated exactly once a row however often it is read."""
    return F.call_function("once", column)


def case(branches: list[tuple[Column, Column]]) -> Column:
    """The value of the first branch whose condition holds; null if none does."""
    (condition, value), *others = branches
    return reduce(lambda chain, branch: chain.when(*branch), others, F.when(condition, value))
