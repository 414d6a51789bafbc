"""Measurements that later steps would take of removed documents, for previews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.curate.judge import VALUES, once, signals_of
from decantry.jobs.process.spark import F
from decantry.jobs.recipe.across_documents import unasked
from decantry.schemas.signals import CHARACTERS, TOKENS

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.recipe.model import Recipe


def measured_onward(frame: DataFrame, recipe: Recipe, index: int) -> DataFrame:
    """The working frame before the step at `index`, with more `signals` of removed documents.

    These are what the steps from `index` on would measure if no step had removed the document, and the sizes of the
    text after the last step. Steps that look across documents are skipped. The frame is unchanged if one of the steps
    needs a score, because a removed document has none.
    """
    later, unknown = recipe.steps[index:], unasked(recipe)
    if any(step.ends_pass and not step.looks_across for step in later):
        return frame
    removed, columns = F.col("removed_by").isNotNull(), frame.columns
    found = frame.withColumn("_before", F.col("text"))
    for step in later:
        if str(step) in unknown:
            continue
        measurement, measured = step.measure(), None
        if measurement is not None:
            found = found.withColumn("_measured", once(F.when(removed, measurement)))
            measured = F.col("_measured")
            found = _with(found, signals_of(step, measured), removed)
        edited = step.edit(measured)
        if edited is not None:
            found = found.withColumn("text", once(F.coalesce(F.when(removed, edited), F.col("text"))))
        for name, column in step.columns(measured).items():
            found = found.withColumn(name, once(F.when(removed, column)))
    found = _with(found, _sizes(found), removed)
    return found.withColumn("text", F.col("_before")).select(*columns)


def with_sizes(frame: DataFrame) -> DataFrame:
    """The working frame after the last step, with the sizes of the text in `signals`."""
    return _with(frame, _sizes(frame), F.lit(True))


def _with(frame: DataFrame, more: Column, where: Column) -> DataFrame:
    """The working frame with more `signals` in the rows that satisfy `where`."""
    signals = F.when(where, F.map_concat("signals", more)).otherwise(F.col("signals"))
    return frame.withColumn("signals", signals)


def _sizes(frame: DataFrame) -> Column:
    """The sizes of the text; the tokens only if a step counts them."""
    found = [F.lit(CHARACTERS), F.length("text").cast("double")]
    if "token_count" in frame.columns:
        found += [F.lit(TOKENS), F.col("token_count").cast("double")]
    return F.create_map(*found).cast(VALUES)
