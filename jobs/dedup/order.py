"""The order of survivors: the columns that a recipe keeps by, then crawl, archive path, offset and id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.process.errors import UserError
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import Column, DataFrame

LOCATION = ("crawl", "warc_path", "warc_offset", "id")
"""The columns that order documents of equal rank. The order is total, because ids are unique."""

ORDER = ("rank", *LOCATION)
"""The columns of a fingerprint that decide which of two documents is kept: the smaller one."""

NOT_KEPT_BY = ("run_id", "removed_by", "values", "signals", "copies", "scope", "rank", "bands")
"""Columns that describe a run and not a document. No order of survivors may use them."""

RANK = "array<struct<number:double,word:string>>"
"""The type of a rank: an element for each entry of `keep`, compared in order."""

_ALIASES = {"path": "warc_path", "offset": "warc_offset", "longest_text": "_length desc"}


def rank(frame: DataFrame, keep: Sequence[str], step: str) -> Column:
    """The rank of a document by the columns of `keep`; smaller is better. Descending numbers are negated; nulls last.

    Raises UserError if the documents do not have a column at this step, or if its type has no order.
    """
    return F.array(*(_part(frame, entry, step) for entry in keep)).cast(RANK)


def _part(frame: DataFrame, entry: str, step: str) -> Column:
    name, _, direction = _ALIASES.get(entry, entry).partition(" ")
    last, no_word = F.lit(float("nan")), F.lit("")
    if name == "_length":
        return F.struct(_last(-F.char_length("text")).alias("number"), no_word.alias("word"))
    if name not in frame.columns:
        known = ", ".join(sorted(c for c in frame.columns if not c.startswith("_") and c not in NOT_KEPT_BY))
        raise UserError(f"the step {step} keeps by {name}, which documents do not have there; they have {known}")
    kind = frame.schema[name].dataType
    if kind.typeName() in ("array", "map", "struct"):
        raise UserError(f"the step {step} keeps by {name}, which has no order: it is {kind.simpleString()}")
    if kind.typeName() == "string":
        if direction == "desc":
            raise UserError(f"the step {step} keeps by {name} desc: words are kept in ascending order only")
        number = F.when(F.col(name).isNull(), last).otherwise(F.lit(0.0))
        return F.struct(number.alias("number"), F.coalesce(name, no_word).alias("word"))
    value = F.col(name).cast("double")
    return F.struct(_last(-value if direction == "desc" else value).alias("number"), no_word.alias("word"))


def _last(number: Column) -> Column:
    """The number, or NaN if it is null: Spark sorts NaN after all numbers."""
    return F.coalesce(number.cast("double"), F.lit(float("nan")))
