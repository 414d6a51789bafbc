"""A model's score as a column of the corpus."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from decantry.jobs.steps.scored_by_model import SCORE, ScoredByModel
from decantry.schemas.table import Column as SchemaColumn

if TYPE_CHECKING:
    from pyspark.sql import Column


class Score(ScoredByModel):
    """Puts a model's score of the text into `column`, where later steps and the corpus have it.

    `model` is a head of `decantry train embedding`, an ONNX export or a fastText file: a path, a URI (with `sha256`),
    `models:/NAME@ALIAS` in MLflow, or `cache:NAME`. `label` is that of a fastText model, as for `decantry score`.
    """

    kind: ClassVar[str] = "score"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "scores texts with a model, each text once"
    source: ClassVar[str] = "the recipe's author; arXiv:2406.17557, 4, uses a head on embeddings so"

    column: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]

    def measure(self) -> Column:
        """The score."""
        from pyspark.sql import functions as F

        return F.struct(F.col(SCORE).alias("score"))

    def columns(self, measured: Column | None) -> dict[str, Column]:
        """The score, under the name that the recipe gives it."""
        return {} if measured is None else {self.column: measured["score"]}

    def adds(self) -> tuple[SchemaColumn, ...]:
        """The score's column."""
        return (SchemaColumn(self.column, "double", f"The score by {self}."),)
