"""Runs the steps of a recipe again on one document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from decantry.jobs.curate.judge import fresh, once
from decantry.jobs.curate.scoring import with_known
from decantry.jobs.dedup.paragraphs import without
from decantry.jobs.process.spark import F
from decantry.jobs.recipe.across_documents import steps_across_documents
from decantry.jobs.steps.score import ScoredByModel

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyspark.sql import Column, DataFrame, Row

    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.steps.step import Step


@dataclass(frozen=True)
class Replay:
    """A step's measurements of the document, the names of the rules that it breaks, and the text after the step.

    `limits` has the thresholds of the document's language; None if the step has the same for all languages.
    """

    measured: dict[str, Any]
    broken: frozenset[str]
    limits: Mapping[str, Any] | None
    text: str


def replay(lake: Lake, document: DataFrame, recipe: Recipe, verdict: Row | None, cuts: Sequence[Row]) -> list[Replay]:
    """The replay of each step, in one pass over the frame of one document.

    A step that depends on other documents measures nothing. `cuts` are the rows of silver/cuts with the verdict: a step
    that cuts paragraphs cuts these. A score is null if silver/scores does not have it.
    """
    size = None if verdict is None else verdict["cluster_size"]
    frame = fresh(document).withColumn("cluster_size", F.lit(size).cast("bigint"))
    depend = steps_across_documents(recipe)
    for number, step in enumerate(recipe.steps):
        if isinstance(step, ScoredByModel):
            frame = with_known(lake, step, frame)
        frame = _measured(frame, number, step, None if str(step) in depend else step.measure())
        frame = _edited(frame, number, step, [row["paragraph"] for row in cuts if row["step"] == str(step)])
    row = frame.select([name for name in frame.columns if name[0] in "mblt" and name[1:].isdigit()]).first()
    assert row is not None
    return [_replay(row.asDict(), number) for number in range(len(recipe.steps))]


def _measured(frame: DataFrame, number: int, step: Step, measurement: Column | None) -> DataFrame:
    """The frame with the step's columns, measurements (`m0`, ...), thresholds (`l0`) and broken rules (`b0`)."""
    measured = None
    if measurement is not None:
        frame = frame.withColumn(f"m{number}", once(measurement))
        measured = F.col(f"m{number}")
        limits = step.limits()
        if limits is not None:
            frame = frame.withColumn(f"l{number}", once(limits))
        own = None if limits is None else F.col(f"l{number}")
        broken = [rule.breaks(measured, own).alias(rule.name) for rule in step.rules()]
        frame = frame.withColumn(f"b{number}", F.struct(*broken) if broken else F.lit(None))
    for name, column in step.columns(measured).items():
        if measured is None:
            frame = frame.withColumn(f"m{number}", F.struct(once(column).alias(name)))
        frame = frame.withColumn(name, F.col(f"m{number}")[name] if measured is None else column)
    return frame


def _edited(frame: DataFrame, number: int, step: Step, paragraphs: Sequence[int]) -> DataFrame:
    """The frame with the text after the step, also as `t0`, `t1`, ...; the step cuts these paragraphs."""
    edited = step.edit(F.col(f"m{number}") if f"b{number}" in frame.columns else None)
    if paragraphs:
        indices = F.split(F.lit(" ".join(map(str, paragraphs))), " ").cast("array<int>")
        frame = frame.withColumn("_cuts", F.transform(indices, lambda index: F.struct(index.alias("paragraph"))))
        edited = without("text", "_cuts")
    if edited is not None:
        frame = frame.withColumn("text", once(F.coalesce(edited, F.col("text"))))
    return frame.withColumn(f"t{number}", F.col("text"))


def _replay(row: dict[str, Any], number: int) -> Replay:
    measured = {} if row.get(f"m{number}") is None else row[f"m{number}"].asDict()
    measured.pop("text", None)
    broken = {} if row.get(f"b{number}") is None else row[f"b{number}"].asDict()
    names = frozenset(name for name, breaks in broken.items() if breaks)
    limits = None if row.get(f"l{number}") is None else row[f"l{number}"].asDict()
    return Replay(measured, names, limits, row[f"t{number}"])
