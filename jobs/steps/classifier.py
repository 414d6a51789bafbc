"""A fastText classifier, whose score becomes a column, a rule, or both."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field, model_validator

from decantry.jobs.process.errors import UserError
from decantry.jobs.process.spark import F
from decantry.jobs.setup.cached import CACHE, cached, require_good_name
from decantry.jobs.setup.digest import digest
from decantry.jobs.setup.executors import on_executors
from decantry.jobs.setup.fasttext import fasttext_model, shown, wants_words
from decantry.jobs.setup.registry import SCHEME, resolve
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step, native
from decantry.schemas.table import Column as SchemaColumn

if TYPE_CHECKING:
    from pyspark.sql import Column

TRAINED = "model.bin"
"""The model's file in a folder of `decantry train fasttext`."""


class Classifier(Step):
    """Scores the text with a fastText model.

    `model` is a path, a URI with its `sha256`, `models:/NAME@ALIAS` in MLflow, or `cache:NAME`: a file or a folder of
    `decantry train` that you put into the cache yourself. A path and `cache:NAME` need no `sha256`: the recipe's hash
    covers the file. `published` says where to get a missing model. With `words`, the model gets the text in the form in
    which `decantry train fasttext` trained it. `label` is the label whose probability is the score. `above` keeps
    documents with a higher score, and `column` names a corpus column for the score. Give at least one of these two.
    """

    kind: ClassVar[str] = "classifier"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "scores texts with a fastText model"
    source: ClassVar[str] = "the recipe's author; arXiv:2406.11794, 4.4, uses such a classifier"

    model: Annotated[str, Field(min_length=1)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    label: Annotated[str, Field(min_length=1)]
    above: Annotated[float, Field(ge=0, le=1)] | None = None
    column: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")] | None = None
    words: bool = False
    published: Annotated[str, Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _does_something(self) -> Classifier:
        if self.above is None and self.column is None:
            raise ValueError("give `above` (a threshold), `column` (a name), or both")
        if self.sha256 is None and _is_elsewhere(self.model):
            raise ValueError("give the `sha256` of the model, so that every run uses the same file")
        require_good_name(self.model)
        return self

    def options(self) -> dict[str, Any]:
        """The options without `published`, which does not change a score."""
        return {name: value for name, value in super().options().items() if name != "published"}

    def measure(self) -> Column:
        """The probability of the label; 0 if the model knows no word of the text."""
        path = self._path()
        sha256 = self.sha256 or digest(path)
        model = f"{on_executors(path, sha256)}#sha256={sha256}"
        text = native("model_words", "text") if self.words else F.col("text")
        score = native("fasttext_probability", text, F.lit(model), F.lit(self.label))
        return F.struct(score.alias("score"))

    def rules(self) -> list[Rule]:
        """One rule if `above` is given: a document whose score is not above it is removed."""
        return [] if self.above is None else [Rule("low_score", "score", "<=", self.above)]

    def columns(self, measured: Column | None) -> dict[str, Column]:
        """The score, under the name that the recipe gives it."""
        return {} if self.column is None or measured is None else {self.column: measured["score"]}

    def adds(self) -> tuple[SchemaColumn, ...]:
        """The score's column."""
        about = f"The score of {self.label} by {self}."
        return () if self.column is None else (SchemaColumn(self.column, "double", about, "probability"),)

    def resources(self) -> dict[str, str]:
        """The model's sha256. Raises UserError if the file is missing, has another sha256, lacks the label, or
        needs `words`."""
        try:
            sha256, labels = fasttext_model(self._path(), self.sha256)
        except FileNotFoundError:
            raise UserError(self._how_to_get_it()) from None
        except (OSError, ValueError) as error:
            raise UserError(f"the step {self} cannot use the model {self.model}: {error}") from None
        if self.label not in labels:
            raise UserError(f"the step {self}: {self.model} has no label {self.label}: name one of {shown(labels)}")
        if not self.words and wants_words(self._path(), sha256):
            raise UserError(
                f"the step {self}: {self.model} was trained by `decantry train fasttext`: give the step `words: true`"
            )
        return {self.model: sha256}

    def _path(self) -> Path:
        """The model's file on this machine."""
        if _is_elsewhere(self.model) or self.model.startswith("package:"):
            return resolve(self.model, self.sha256)[0]
        path = cached(self.model) if self.model.startswith(CACHE) else Path(self.model).expanduser()
        return path / TRAINED if path.is_dir() else path

    def _how_to_get_it(self) -> str:
        """The message for a missing file: what to put where."""
        if not self.model.startswith(CACHE):
            return f"the step {self} cannot use the model {self.model}: there is no such file"
        what, path = self.published or "a fastText model", cached(self.model)
        training = f"`decantry train fasttext JUDGED.jsonl --to {path}`"
        copied = "" if self.words else " and give `words: true, label: __label__1` in a copy of the recipe"
        return (
            f"the step {self} needs the model {self.model}: put {what} at {path}, or train one with {training}{copied}"
        )


def _is_elsewhere(model: str) -> bool:
    """Whether the model is named by a URI or in a registry."""
    return "://" in model or model.startswith(SCHEME)
