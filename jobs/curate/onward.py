"""What later steps would measure of removed documents: a preview asks what would become of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyspark.sql import functions as F

from decantry.jobs.curate.judge import VALUES, once, signals_of
from decantry.jobs.recipe.by_verdict import unasked
from decantry.schemas.signals import CHARACTERS, TOKENS

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.jobs.recipe.model import Recipe


def measured_onward(frame: DataFrame, recipe: Recipe, place: int) -> DataFrame:
    """The working frame before the step at `place`, with `signals` of removed documents completed.

    They have what the steps from there on would measure of the text if nothing had removed it, and the sizes of the
    text after the last step. Steps that look across documents neither cut nor remove here. The frame stays as it is if
    one of the steps needs a score: a removed document has none.
    """
    later, unknown = recipe.steps[place:], unasked(recipe)
    if any(step.ends_pass and not step.looks_across for step in later):
        return frame
    gone, columns = F.col("removed_by").isNotNull(), frame.columns
    found = frame.withColumn("_left", F.col("text"))
    for step in later:
        if str(step) in unknown:
            continue
        measurement, measured = step.measure(), None
        if measurement is not None:
            found = found.withColumn("_measured", once(F.when(gone, measurement)))
            measured = F.col("_measured")
            found = _with(found, signals_of(step, measured), gone)
        edited = step.edit(measured)
        if edited is not None:
            found = found.withColumn("text", once(F.coalesce(F.when(gone, edited), F.col("text"))))
        for name, column in step.columns(measured).items():
            found = found.withColumn(name, once(F.when(gone, column)))
    found = _with(found, _sizes(found), gone)
    return found.withColumn("text", F.col("_left")).select(*columns)


def with_sizes(frame: DataFrame) -> DataFrame:
    """The working frame after the last step, with the sizes of the text in `signals`."""
    return _with(frame, _sizes(frame), F.lit(True))


def _with(frame: DataFrame, more: Column, where: Column) -> DataFrame:
    signals = F.when(where, F.map_concat("signals", more)).otherwise(F.col("signals"))
    return frame.withColumn("signals", signals)


def _sizes(frame: DataFrame) -> Column:
    found = [F.lit(CHARACTERS), F.length("text").cast("double")]
    if "token_count" in frame.columns:
        found += [F.lit(TOKENS), F.col("token_count").cast("double")]
    return F.create_map(*found).cast(VALUES)
