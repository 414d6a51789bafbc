"""The base of all steps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from pydantic import BaseModel, ConfigDict

from decantry.jobs.process.spark import F
from decantry.jobs.steps.rule import Rule

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

    from decantry.schemas.table import Column as SchemaColumn


class Step(BaseModel):
    """One step of a recipe. Its fields are the options in the YAML.

    A step's columns refer to the working frame. That has the columns of silver/documents, and its `text` is the text
    after the earlier steps.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)

    kind: ClassVar[str]
    VERSION: ClassVar[int]
    """Part of the hash of recipes with this kind. Raise it if the same documents and options give another output."""
    about: ClassVar[str]
    source: ClassVar[str]
    multiplies: ClassVar[bool] = False
    """Whether the measurement `copies` is the number of times that the corpus repeats a kept document."""
    finds_clusters: ClassVar[bool] = False
    """Whether it finds clusters of documents, whose sizes later steps can read."""
    name: str = ""

    def __str__(self) -> str:
        """The step's name in verdicts."""
        return self.name or self.kind

    @property
    def looks_across(self) -> bool:
        """Whether it looks across documents, which ends a pass (see Across)."""
        return False

    @property
    def ends_pass(self) -> bool:
        """Whether it ends a pass: documents are staged before it. It looks across them or needs scores."""
        return self.looks_across

    @property
    def compares_crawls(self) -> bool:
        """Whether it compares documents of different crawls."""
        return False

    @property
    def reads_cluster_size(self) -> bool:
        """Whether its result depends on the size of the document's cluster."""
        return False

    @property
    def needs(self) -> tuple[str, ...]:
        """The numeric columns that earlier steps must add."""
        return ()

    def require_fits(self, frame: DataFrame) -> None:
        """Raise UserError if the step cannot be used on the working frame."""

    def measure(self) -> Column | None:
        """The struct of measurements, evaluated once for each document that reaches the step; None if there is none."""
        return None

    def limits(self) -> Column | None:
        """The struct of the thresholds of the document's language; None if all languages have the same."""
        return None

    def rules(self) -> list[Rule]:
        """The rules in the order in which they are tried. The first rule that a document breaks removes it."""
        return []

    def edit(self, measured: Column | None) -> Column | None:
        """The text for the following steps; None if the step does not change it."""
        return None

    def columns(self, measured: Column | None) -> dict[str, Column]:
        """Columns that the step adds to the corpus, by name."""
        return {}

    def adds(self) -> tuple[SchemaColumn, ...]:
        """The schema of those columns in the corpus table, except FineWeb's own columns."""
        return ()

    def resources(self) -> dict[str, str]:
        """The sha256 of every model and list that the step reads, by name. Raises UserError if one is missing."""
        return {}

    def options(self) -> dict[str, Any]:
        """The resolved options, defaults included, as plain JSON values."""
        return self.model_dump(mode="json", by_alias=True, exclude={"name"})


def native(function: str, *arguments: Any) -> Column:
    """A call of a native function; strings name columns, anything else is passed as a literal."""
    return F.call_function(function, *(F.col(a) if isinstance(a, str) else a for a in arguments))
