"""Paragraphs that were seen before: which, where first, and the text without them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.dedup.order import ORDER

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark.sql import Column, DataFrame

BLANK = 0
"""The key of a paragraph that is not compared (native function paragraph_keys)."""


def repeated(fingerprints: DataFrame) -> DataFrame:
    """`id, crawl, cuts` for each document with a paragraph that stands before it in its scope.

    `fingerprints` has the columns of ORDER, `scope` and `bands`, a key a paragraph. First is the first by ORDER and
    place in the document. `cuts` are structs of `paragraph, first_id, first_paragraph`, in order.
    """
    from pyspark.sql import functions as F

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
    """The text's lines that no cut names; the text itself where `cuts` is null."""
    from pyspark.sql import functions as F

    gone = F.transform(cuts, lambda cut: cut["paragraph"])

    def left(lines: Column) -> Column:
        places = F.array_except(F.sequence(F.lit(0), F.size(lines) - 1), gone)
        return F.array_join(F.transform(places, lambda at: F.element_at(lines, at + 1)), "\n")

    return F.when(F.col(cuts).isNull(), F.col(text)).otherwise(_of_lines(text, left))


def cut_share(text: str, left: str) -> Column:
    """The share of the characters, line feeds aside, that is in `text` and not in `left`; 0 of an empty text."""
    from pyspark.sql import functions as F

    before, after = (F.char_length(F.replace(F.col(name), F.lit("\n"), F.lit(""))) for name in (text, left))
    return F.when(before > 0, (before - after) / before).otherwise(F.lit(0.0))


def what_was_cut(text: str, cuts: str) -> Column:
    """Structs of `paragraph, text, first_id, first_paragraph`, one a cut."""
    from pyspark.sql import functions as F

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
    """What is made of the text's lines, the text split once: a function over an array evaluates what it reads from
    outside for each element, but for what is an element of an array itself.
    """
    from pyspark.sql import functions as F

    return F.element_at(F.transform(F.array(F.split(text, "\n", -1)), make), 1)
