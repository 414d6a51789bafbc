"""A rule in SQL, so that people add one with no code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, field_validator

from decantry.jobs.lake.statement import require_predicate
from decantry.jobs.process.errors import UserError
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame


class Where(Step):
    """Keeps the documents for which the Spark SQL predicate `keep` is true; native functions may be called in it."""

    kind: ClassVar[str] = "where"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "keeps the documents that satisfy a SQL predicate"
    source: ClassVar[str] = "the recipe's author"

    name: Annotated[str, Field(min_length=1)]
    keep: Annotated[str, Field(min_length=1)]

    @field_validator("keep")
    @classmethod
    def _one_steady_predicate(cls, keep: str) -> str:
        """The predicate, where it looks at one document alone and says the same each time."""
        require_predicate(keep)
        return keep

    @property
    def reads_cluster_size(self) -> bool:
        """Whether the predicate names a column of the cluster."""
        return "cluster_" in self.keep.lower()

    def require_fits(self, frame: DataFrame) -> None:
        """Raise UserError where Spark cannot use the predicate, or where it is neither true nor false."""
        from pyspark.errors import AnalysisException, ParseException
        from pyspark.sql import functions as F

        try:
            kind = frame.select(F.expr(self.keep)).schema[0].dataType.simpleString()
            frame.withColumn("_measured", self.measure())  # as a column of its row, so not an aggregate
        except (AnalysisException, ParseException) as error:
            told = str(error).strip().splitlines()[0]
            raise UserError(f"the step {self} cannot use its predicate: {told}") from None
        if kind not in ("boolean", "void"):
            raise UserError(f"the step {self} cannot use its predicate: it is a {kind}, and neither true nor false")

    def measure(self) -> Column:
        """Whether the predicate holds, as 1 or 0; an unknown answer is no."""
        from pyspark.sql import functions as F

        holds = F.coalesce(F.expr(self.keep).cast("boolean"), F.lit(False))
        return F.struct(holds.cast("int").alias("holds"))

    def rules(self) -> list[Rule]:
        """The one rule that the predicate is."""
        return [Rule("where", "holds", "<", 1)]
