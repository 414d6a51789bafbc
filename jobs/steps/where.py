"""A rule in SQL, which needs no Python code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, field_validator

from decantry.jobs.lake.statement import require_predicate
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.spark import F
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame


class Where(Step):
    """Keeps the documents for which the Spark SQL predicate `keep` is true. It may call native functions."""

    kind: ClassVar[str] = "where"
    VERSION: ClassVar[int] = 2
    about: ClassVar[str] = "keeps the documents that satisfy a SQL predicate"
    source: ClassVar[str] = "the recipe's author"

    name: Annotated[str, Field(min_length=1)]
    keep: Annotated[str, Field(min_length=1)]

    @field_validator("keep")
    @classmethod
    def _is_deterministic(cls, keep: str) -> str:
        """The predicate, if it looks at one document only and always has the same result."""
        require_predicate(keep)
        return keep

    @property
    def reads_cluster_size(self) -> bool:
        """Whether the predicate names a cluster column."""
        return "cluster_" in self.keep.lower()

    def require_fits(self, frame: DataFrame) -> None:
        """Raise UserError if Spark cannot evaluate the predicate, or if its type is not boolean."""
        from pyspark.errors import AnalysisException, ParseException

        try:
            kind = frame.select(F.expr(self.keep)).schema[0].dataType.simpleString()
            frame.withColumn("_measured", self.measure())  # fails for an aggregate
        except (AnalysisException, ParseException) as error:
            message = str(error).strip().splitlines()[0]
            raise UserError(f"the step {self} cannot use its predicate: {message}") from None
        if kind not in ("boolean", "void"):
            raise UserError(f"the step {self} cannot use its predicate: its type is {kind}, not boolean")

    def measure(self) -> Column:
        """1 if the predicate is true, else 0. Null counts as 0."""
        holds = F.coalesce(F.expr(self.keep).cast("boolean"), F.lit(False))
        return F.struct(holds.cast("int").alias("holds"))

    def rules(self) -> list[Rule]:
        """One rule: a document for which the predicate is not true is removed."""
        return [Rule("where", "holds", "<", 1)]
