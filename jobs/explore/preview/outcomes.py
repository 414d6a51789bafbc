"""Adds up the documents that enter and leave, by change and language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

from decantry.jobs.explore.preview.contents import Moved, Outcome, Share
from decantry.jobs.explore.preview.estimate import Sampling, Summed
from decantry.jobs.process.spark import F

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.explore.preview.change import Change

SIZES = ("documents", "characters", "tokens")


@dataclass(frozen=True)
class Cell:
    """Documents of one language that enter or leave: the sum of each of SIZES, and the largest value of a document."""

    sums: tuple[Summed, ...] = (Summed(), Summed(), Summed())
    largest: tuple[float, ...] = (1.0, 0.0, 0.0)

    def __add__(self, other: Cell) -> Cell:
        """The sums over both sets of documents."""
        return Cell(
            tuple(a + b for a, b in zip(self.sums, other.sums, strict=True)),
            tuple(max(a, b) for a, b in zip(self.largest, other.largest, strict=True)),
        )


def summed(moving: DataFrame) -> Sequence[Any]:
    """The sums that `outcomes` needs. `moving` has `language, kept, now, exact` and the sizes of each document."""
    sizes = {"documents": F.lit(1), "characters": F.col("characters"), "tokens": F.col("tokens")}
    sums = [F.coalesce(F.sum(size), F.lit(0)).cast("double").alias(name) for name, size in sizes.items()]
    squares = [F.coalesce(F.sum(size.cast("double") ** 2), F.lit(0.0)).alias(f"{n}_2") for n, size in sizes.items()]
    most = [F.coalesce(F.max(size), F.lit(0)).cast("double").alias(f"{n}_most") for n, size in sizes.items()]
    each = moving.select("language", "kept", "exact", "characters", "tokens", F.posexplode("now").alias("n", "now"))
    moved = each.where(F.col("kept") != F.col("now"))
    return moved.groupBy("n", "language", "kept", "exact").agg(*sums, *squares, *most).collect()


def outcomes(
    rows: Iterable[Any], changes: Sequence[Change], kept: Mapping[str, int], sampling: Sampling, *, tokens: bool
) -> tuple[Outcome, ...]:
    """The outcome of each change. `kept` has the number of kept documents by language.

    `rows` have sums over the documents that enter or leave, by `n` (the index of the change), `language`, `kept` and
    `exact` (false for a sample). For each of SIZES they have the sum (`documents`), the sum of squares (`documents_2`)
    and the largest value of a document (`documents_most`).
    """
    cells: dict[tuple[int, str, bool], Cell] = {}
    for row in rows:
        key = (row["n"], row["language"], row["kept"])
        cells[key] = cells.get(key, Cell()) + _cell(row)
    return tuple(_outcome(n, change, cells, kept, sampling, tokens) for n, change in enumerate(changes))


def _cell(row: Any) -> Cell:
    summed = (
        Summed(exact=row[name]) if row["exact"] else Summed(sampled=row[name], squares=row[f"{name}_2"])
        for name in SIZES
    )
    return Cell(tuple(summed), tuple(row[f"{name}_most"] for name in SIZES))


def _outcome(
    number: int,
    change: Change,
    cells: Mapping[tuple[int, str, bool], Cell],
    kept: Mapping[str, int],
    sampling: Sampling,
    tokens: bool,
) -> Outcome:
    names = sorted({*kept, *(name for n, name, _ in cells if n == number)}, key=lambda name: (-kept.get(name, 0), name))

    def share(language: str, mine: Iterable[str]) -> Share:
        enter, leave = (
            reduce(lambda a, b: a + b, (cells.get((number, name, was), Cell()) for name in mine), Cell())
            for was in (False, True)
        )
        return Share(
            language,
            sum(kept.get(name, 0) for name in mine),
            _moved(enter, sampling, tokens),
            _moved(leave, sampling, tokens),
        )

    return Outcome(change.label, change.value, share("all", names), tuple(share(name, [name]) for name in names))


def _moved(cell: Cell, sampling: Sampling, tokens: bool) -> Moved:
    documents, characters, counted = (
        sampling.estimate(summed, largest=most) for summed, most in zip(cell.sums, cell.largest, strict=True)
    )
    return Moved(documents, characters, counted if tokens else None)
