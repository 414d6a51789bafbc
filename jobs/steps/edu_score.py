"""FineWeb-Edu's rule: a regression on the educational value of a text, rounded."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from decantry.jobs.process.errors import UserError
from decantry.jobs.setup.located import CACHE, cached
from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.scored_by_model import SCORE, ScoredByModel
from decantry.schemas.table import Column as SchemaColumn

if TYPE_CHECKING:
    from pyspark.sql import Column

PUBLISHED = "HuggingFaceFW/fineweb-edu-classifier"
"""The classifier of FineWeb-Edu: a regression on Snowflake/snowflake-arctic-embed-m, with scores from 0 to 5."""


class EduScore(ScoredByModel):
    """Keeps texts whose educational score, rounded as FineWeb-Edu's published run does, is `min_int_score` or more.

    The model gives a score: an ONNX export of the published classifier, or a head of `decantry train embedding` on
    rows with scores. The raw score that is kept at 3 is above 2.5, and at 2 it is 1.5 or more: halves go to the even
    number.
    """

    kind: ClassVar[str] = "edu_score"
    VERSION: ClassVar[int] = 1
    about: ClassVar[str] = "keeps texts of educational value"
    source: ClassVar[str] = "arXiv:2406.17557, 4; huggingface/cosmopedia classification/run_edu_bert.py"

    model: Annotated[str, Field(min_length=1)] = f"{CACHE}fineweb-edu-classifier"
    label: Annotated[str, Field(pattern="^score$")] = "score"
    min_int_score: Annotated[int, Field(ge=0, le=5)] = 3

    def measure(self) -> Column:
        """The score, and the whole number that it is nearest to, from 0 to 5."""
        from pyspark.sql import functions as F

        score = F.col(SCORE)
        between = F.greatest(F.lit(0.0), F.least(score, F.lit(5.0)))
        return F.struct(score.alias("score"), F.rint(between).cast("int").alias("int_score"))

    def rules(self) -> list[Rule]:
        """A rounded score that is too low; the verdict shows the raw one."""
        return [Rule("low_score", "int_score", "<", self.min_int_score, shows="score")]

    def columns(self, measured: Column | None) -> dict[str, Column]:
        """`score` and `int_score`, as in the published data set."""
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
