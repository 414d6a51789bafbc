"""Repeated paragraphs: their first occurrences, and texts without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.dedup.order import ORDER
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import Column, DataFrame

BLANK = 0
"""The key of paragraphs that are not compared (native function paragraph_keys)."""


def repeated(fingerprints: DataFrame) -> DataFrame:
    """`id, crawl, cuts` for each document with a paragraph that occurs earlier in its scope.

    `fingerprints` has the columns of ORDER, `scope` and `bands`, which has a key for each paragraph. The first
    occurrence is the first by ORDER and paragraph number. `cuts` are structs of `paragraph, first_id, first_paragraph`,
    sorted. Paragraphs are numbered from 0.
    """
    exploded = fingerprints.select(*ORDER, "scope", F.posexplode("bands").alias("paragraph", "key"))
    rows = exploded.where(F.col("key") != BLANK)
    first = rows.groupBy("scope", "key").agg(
        F.min(F.struct(*ORDER, "paragraph")).alias("first"), F.count("*").alias("times")
    )
    seen = first.where("times > 1").select(
        "scope", "key", F.col("first.id").alias("first_id"), F.col("first.paragraph").alias("first_paragraph")
    )
    again = rows.join(seen, ["scope", "key"]).where("id <> first_id OR paragraph <> first_paragraph")
    cut = F.struct("paragraph", "first_id", "first_paragraph")
    return again.groupBy("id", "crawl").agg(F.sort_array(F.collect_list(cut)).alias("cuts"))


def without(text: str, cuts: str) -> Column:
    """The text without the lines in `cuts`; the text itself if `cuts` is null."""
    removed = F.transform(cuts, lambda cut: cut["paragraph"])

    def kept(lines: Column) -> Column:
        numbers = F.array_except(F.sequence(F.lit(0), F.size(lines) - 1), removed)
        return F.array_join(F.transform(numbers, lambda at: F.element_at(lines, at + 1)), "\n")

    return F.when(F.col(cuts).isNull(), F.col(text)).otherwise(_of_lines(text, kept))


def cut_share(text: str, left: str) -> Column:
    """The share of the characters of `text`, without line feeds, that `left` lacks; 0 for an empty text."""
    before, after = (F.char_length(F.replace(F.col(name), F.lit("\n"), F.lit(""))) for name in (text, left))
    return F.when(before > 0, (before - after) / before).otherwise(F.lit(0.0))


def what_was_cut(text: str, cuts: str) -> Column:
    """An array of structs `paragraph, text, first_id, first_paragraph`, one for each cut."""

    def shown(lines: Column) -> Column:
        return F.transform(
            cuts,
            lambda cut: F.struct(
                cut["paragraph"].alias("paragraph"),
                F.element_at(lines, cut["paragraph"] + 1).alias("text"),
                cut["first_id"].alias("first_id"),
                cut["first_paragraph"].alias("first_paragraph"),
            ),
        )

    return _of_lines(text, shown)


def _of_lines(text: str, make: Callable[[Column], Column]) -> Column:
    """The result of `make` for the text's lines. The text is split only once.

    Spark evaluates an expression that a lambda captures again for each element, but not the lambda's own argument. So
    the lines are passed as the element of an array of one.
    """
    return F.element_at(F.transform(F.array(F.split(text, "\n", -1)), make), 1)
