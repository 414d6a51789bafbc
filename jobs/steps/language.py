"""The language rule: which languages stay, and how sure the model must be."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, ClassVar

from pydantic import Field

from decantry.jobs.steps.rule import Rule
from decantry.jobs.steps.step import Step

if TYPE_CHECKING:
    from pyspark.sql import Column


class Language(Step):
    """Keeps documents of the named languages whose score is above the bound; strict, as FineWeb has it."""

    kind: ClassVar[str] = "language"
    about: ClassVar[str] = "keeps documents of some languages"
    source: ClassVar[str] = "arXiv:2406.17557; datatrove 0.10.1 pipeline/filters/language_filter.py"

    keep: Annotated[tuple[str, ...], Field(min_length=1)]
    above: Annotated[float, Field(ge=0, le=1)] = 0.65

    def measure(self) -> Column:
        """The language and its score as ingest found them."""
        from pyspark.sql import functions as F

        return F.struct(
            F.coalesce("language", F.lit("")).alias("language"),
            F.coalesce("language_score", F.lit(0.0)).alias("language_score"),
        )

    def rules(self) -> list[Rule]:
        """Another language, then one that is not sure enough."""
        return [
            Rule("other", "language", "not in", self.keep, shows="language_score"),
            Rule("low_score", "language_score", "<=", self.above),
        ]
