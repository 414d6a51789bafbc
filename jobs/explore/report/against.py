"""Compares a corpus with another recipe's, or with an earlier publication: what entered, what left, and why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from decantry.jobs.explore.report.contents import Comparison, Move
from decantry.jobs.lake.publications import named, publications
from decantry.jobs.lake.published import current, verdicts_of
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.spark import F, Window

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, Row

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.lake.live import Published

MOVES = 40
EXAMPLES = 3
KEPT, ABSENT = "", "absent"


def other_verdicts(lake: Lake, recipe: str, other: str) -> tuple[str, DataFrame]:
    """The name and the verdicts of the other recipe, or of a publication such as `fineweb@2`.

    Raises UserError if it does not exist, or if its verdicts have been removed.
    """
    name, at, number = other.partition("@")
    if not at and re.fullmatch(r"\d+", other):
        name, at, number = recipe, "@", other
    if not at:
        live = current(lake, name)
        if not live:
            raise UserError(
                f"{name} is not published in {lake.uri}: name a published recipe, or a publication like {recipe}@1"
            )
        return name, verdicts_of(lake, live)
    chosen = named(publications(lake, name), name, number)
    found: Sequence[Published] = list(chosen.crawls.values())
    verdicts = verdicts_of(lake, found)
    if verdicts.count() < sum(each.documents for each in found):
        raise UserError(
            f"the verdicts of {chosen.name} were removed, because `decantry maintain` removes old publications: "
            "compare with a newer publication"
        )
    return chosen.name, verdicts


def compared(name: str, other: DataFrame, own: DataFrame, texts: DataFrame) -> Comparison:
    """Compares two sets of verdicts document by document. The examples of each move have the smallest hashes of ids."""
    fate = F.coalesce("removed_by", F.lit(KEPT))
    both = other.select("id", fate.alias("other")).join(own.select("id", fate.alias("own")), "id", "full")
    kept = (F.col("other") == KEPT) | (F.col("own") == KEPT)
    pairs = both.na.fill(ABSENT, ["other", "own"]).where(kept).persist()
    order = Window.partitionBy("other", "own").orderBy(F.xxhash64("id"), "id")
    few = pairs.where("other <> own").withColumn("place", F.row_number().over(order)).where(F.col("place") <= EXAMPLES)
    try:
        counted = pairs.groupBy("other", "own").agg(F.count("*").alias("n")).collect()
        rows = few.join(texts.select("id", "url"), "id", "left").collect()
    finally:
        pairs.unpersist()
    counts = {(row["other"], row["own"]): row["n"] for row in counted}
    moves = tuple(
        Move(_fate(a), _fate(b), n, tuple(sorted(row["url"] or row["id"] for row in rows if _is(row, a, b))))
        for (a, b), n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if a != b
    )
    entered = sum(move.documents for move in moves if move.own is None)
    left = sum(move.documents for move in moves if move.other is None)
    return Comparison(name, counts.get((KEPT, KEPT), 0), entered, left, moves[:MOVES])


def _is(row: Row, other: str, own: str) -> bool:
    return bool(row["other"] == other and row["own"] == own)


def _fate(word: str) -> str | None:
    return word or None
