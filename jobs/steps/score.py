"""The steps that need a model's score of the text. silver/scores keeps scores, so each is computed once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field, model_validator
from typing_extensions import Self

from decantry.jobs.process.errors import UserError
from decantry.jobs.process.spark import F
from decantry.jobs.setup.cached import CACHE, cached, require_good_name
from decantry.jobs.setup.registry import located
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step
from decantry.schemas.table import Column as SchemaColumn

if TYPE_CHECKING:
    from pyspark.sql import Column

PUBLISHED = "HuggingFaceFW/fineweb-edu-classifier"
"""The classifier of FineWeb-Edu: a regression on Snowflake/snowflake-arctic-embed-m, with scores from 0 to 5."""


class ScoredByModel(Step):
    """A step that reads the score of the current text from `score_column` of the working frame. It ends a pass.

    Curate fills that column. It takes the score from silver/scores if the same text has one from the same model. Else
    it computes the score and adds it to silver/scores. The step itself then works like any other step.
    """

    score_column: ClassVar[str] = "_score"
    model: Annotated[str, Field(min_length=1)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    label: Annotated[str, Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _is_one_file(self) -> Self:
        if self.sha256 is None and "://" in self.model:
            raise ValueError("give the `sha256` of the model, so that every run uses the same file")
        require_good_name(self.model)
        return self

    @property
    def ends_pass(self) -> bool:
        """True, because documents are staged with the hash of their text."""
        return True

    def resources(self) -> dict[str, str]:
        """The model's sha256. Raises UserError if the model is missing or has another sha256."""
        return {self.model: self.place()[1]}

    def place(self) -> tuple[Path, str]:
        """Where the model is on this machine, and its sha256."""
        try:
            return located(self.model, self.sha256)
        except UserError as error:
            raise UserError(f"the step {self}: {error}") from None


class Score(ScoredByModel):
    """Puts a model's score of the text into `column`, for later steps and the corpus.

    `model` is a head of `decantry train embedding`, an ONNX export or a fastText file. Give a path, a URI (with
    `sha256`), `models:/NAME@ALIAS` in MLflow, or `cache:NAME`. `label` is the label of a fastText model, as for
    `decantry score`.
    """

    kind: ClassVar[str] = "score"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "scores texts with a model, each text once"
    source: ClassVar[str] = "the recipe's author; arXiv:2406.17557, 4, uses such a head on embeddings"

    column: Annotated[str, Field(pattern="^[a-z][a-z0-9_]*$")]

    def measure(self) -> Column:
        """The score."""
        return F.struct(F.col(self.score_column).alias("score"))

    def columns(self, measured: Column | None) -> dict[str, Column]:
        """The score, under the name that the recipe gives it."""
        return {} if measured is None else {self.column: measured["score"]}

    def adds(self) -> tuple[SchemaColumn, ...]:
        """The score's column."""
        return (SchemaColumn(self.column, "double", f"The score by {self}."),)


class EduScore(ScoredByModel):
    """Keeps texts whose rounded educational score is at least `min_int_score`.

    The score is rounded as in FineWeb-Edu's published run: halves go to the even number. So 3 keeps raw scores above
    2.5, and 2 keeps raw scores of 1.5 or more. The model is an ONNX export of the published classifier, or a head of
    `decantry train embedding` that was trained on scores.
    """

    kind: ClassVar[str] = "edu_score"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "keeps texts of educational value"
    source: ClassVar[str] = "arXiv:2406.17557, 4; huggingface/cosmopedia classification/run_edu_bert.py"

    model: Annotated[str, Field(min_length=1)] = f"{CACHE}fineweb-edu-classifier"
    label: Annotated[str, Field(pattern="^score$")] = "score"
    min_int_score: Annotated[int, Field(ge=0, le=5)] = 3

    def measure(self) -> Column:
        """The score, and the score rounded to 0 to 5. The rounded score is 0 for NaN, and null without a score."""
        score = F.col(self.score_column)
        between = F.greatest(F.lit(0.0), F.least(F.nanvl(score, F.lit(0.0)), F.lit(5.0)))
        rounded = F.when(score.isNotNull(), F.rint(between).cast("int"))
        return F.struct(score.alias("score"), rounded.alias("int_score"))

    def rules(self) -> list[Rule]:
        """One rule: the rounded score is too low. The verdict shows the raw score."""
        return [Rule("low_score", "int_score", "<", self.min_int_score, shows="score")]

    def columns(self, measured: Column | None) -> dict[str, Column]:
        """`score` and `int_score`, as in the published dataset."""
        return {} if measured is None else {name: measured[name] for name in ("score", "int_score")}

    def adds(self) -> tuple[SchemaColumn, ...]:
        """Both columns."""
        return (
            SchemaColumn("score", "double", "The educational score.", "0 to 5"),
            SchemaColumn("int_score", "int", "The whole number that the score is nearest to, from 0 to 5."),
        )

    def place(self) -> tuple[Path, str]:
        """Where the model is on this machine, and its sha256. Raises UserError with how to get or train one."""
        if self.model.startswith(CACHE) and not (path := cached(self.model)).exists():
            raise UserError(
                f"the step {self} needs the model {self.model}: put an ONNX export of {PUBLISHED} into {path} "
                f"(`optimum-cli export onnx --task text-classification --model {PUBLISHED} {path}`), or train one: "
                f"`decantry train embedding SCORED.jsonl --above 3 --to {path}`"
            )
        return super().place()
