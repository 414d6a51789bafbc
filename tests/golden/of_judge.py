"""The parts of judging that are common to all steps: fates, copies, the edited text, added columns."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING, Any, ClassVar

from pyspark.sql import functions as F

from decantry.jobs.curate.judge import fresh, judge
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step
from tests.golden.files import Output

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, Row


class Lines(Step):
    """Drops short and long texts, and removes the blank lines of the others. Its rules overlap."""

    kind: ClassVar[str] = "lines"
    VERSION: ClassVar[int] = 1

    def measure(self) -> Column:
        lines = F.size(F.split("text", "\n"))
        return F.struct(lines.alias("lines"), F.char_length("text").alias("characters"))

    def rules(self) -> list[Rule]:
        return [
            Rule("short", "characters", "<", 100),
            Rule("one_line", "lines", "<=", 1, shows="characters"),
            Rule("long", "characters", ">", 1100),
        ]

    def edit(self, measured: Column | None) -> Column:
        return F.replace("text", F.lit("\n\n"), F.lit("\n"))


class Repeated(Step):
    """Repeats a text by its length, and adds a column with the length."""

    kind: ClassVar[str] = "repeated"
    VERSION: ClassVar[int] = 1
    multiplies: ClassVar[bool] = True

    def measure(self) -> Column:
        return F.struct((F.char_length("text") % 4).alias("copies"))

    def rules(self) -> list[Rule]:
        return [Rule("none", "copies", "<", 1)]

    def columns(self, measured: Column | None) -> dict[str, Column]:
        return {"token_count": F.char_length("text")}


def fates(documents: DataFrame) -> Output:
    """The fate of each document."""
    steps: list[Step] = [Lines(), Repeated(), Lines(name="again"), Repeated(name="more")]
    frame = reduce(lambda frame, step: frame.transform(judge(step)), steps, fresh(documents))
    return {"fates": {row["id"]: _fate(row) for row in frame.collect()}}


def _fate(row: Row) -> dict[str, Any]:
    """The rule that removed the document, or its number of copies and its added columns."""
    shown = ("copies", "token_count", "text") if row["removed_by"] is None else ("removed_by", "values")
    return {name: row[name] for name in shown}
