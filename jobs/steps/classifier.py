"""A fastText classifier: a score that becomes a column, a rule, or both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, model_validator

from decantry.jobs.process.errors import UserError
from decantry.jobs.setup.executors import on_executors
from decantry.jobs.setup.registry import SCHEME, resolve
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step, native
from decantry.schemas.table import Column as SchemaColumn
from decantry.udfs.page.classifier import labels_of, verify

if TYPE_CHECKING:
    from pyspark.sql import Column


class Classifier(Step):
    """Scores the text with a fastText model, named by sha256 and by path, URI or `models:/NAME@ALIAS` in MLflow.

    `words` says that the model was trained by `decantry train fasttext`, and is given the same words of the text.
    `label` is the label whose probability is the score; `above` keeps documents that score more; `column` names the
    corpus column that the score is put into. At least one of the two is given.
    """

    kind: ClassVar[str] = "classifier"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "scores texts with a fastText model"
    source: ClassVar[str] = "the recipe's author; arXiv:2406.11794, 4.4, uses one so"

    model: Annotated[str, Field(min_length=1)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")]
    label: Annotated[str, Field(min_length=1)]
    above: Annotated[float, Field(ge=0, le=1)] | None = None
    column: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")] | None = None
    words: bool = False

    @model_validator(mode="after")
    def _does_something(self) -> Classifier:
        if self.above is None and self.column is None:
            raise ValueError("give `above` (a threshold), `column` (a name), or both")
        return self

    def measure(self) -> Column:
        """The probability of the label, 0 where the model knows nothing of the text."""
        from pyspark.sql import functions as F

        model = f"{on_executors(self._path(), self.sha256)}#sha256={self.sha256}"
        text = native("model_words", "text") if self.words else F.col("text")
        score = native("fasttext_probability", text, F.lit(model), F.lit(self.label))
        return F.struct(score.alias("score"))

    def rules(self) -> list[Rule]:
        """A score that is not above the bound, where there is one."""
        return [] if self.above is None else [Rule("low_score", "score", "<=", self.above)]

    def columns(self, measured: Column | None) -> dict[str, Column]:
        """The score, under the name that the recipe gives it."""
        return {} if self.column is None or measured is None else {self.column: measured["score"]}

    def adds(self) -> tuple[SchemaColumn, ...]:
        """The score's column."""
        about = f"The score of {self.label} by {self}."
        return () if self.column is None else (SchemaColumn(self.column, "double", about, "probability"),)

    def resources(self) -> dict[str, str]:
        """The model's sha256. Raises UserError where the file is missing, is another, or has no such label."""
        try:
            path = str(self._path())
            verify(path, self.sha256)
            labels = labels_of(path)
        except (OSError, ValueError) as error:
            raise UserError(f"the step {self} cannot use the model {self.model}: {error}") from None
        if self.label not in labels:
            raise UserError(f"the step {self}: the model {self.model} has no label {self.label}: name one that it has")
        return {self.model: self.sha256}

    def _path(self) -> Path:
        """The model's file: its own path, or where a model that is named by URI or in a registry was fetched to."""
        named_elsewhere = "://" in self.model or self.model.startswith(SCHEME)
        return resolve(self.model, self.sha256)[0] if named_elsewhere else Path(self.model)
