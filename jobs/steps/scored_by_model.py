"""What the steps have in common that need a model's score: it is looked up in silver/scores, and computed once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from pydantic import Field

from decantry.jobs.process.errors import UserError
from decantry.jobs.setup.located import located
from decantry.jobs.steps.step import Step

SCORE = "_score"
"""The column of the working frame that has the score for the step that is judged next."""


class ScoredByModel(Step):
    """A step that reads the score of the text, as it stands then, from SCORE.

    It ends a pass. Curate puts the score into that column, out of silver/scores where the same text has one of the
    same model, and computes and keeps it there where it has none. The step is then judged as others are.
    """

    model: Annotated[str, Field(min_length=1)]
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$")] | None = None
    label: Annotated[str, Field(min_length=1)] | None = None

    @property
    def ends_pass(self) -> bool:
        """Always: documents are staged with the hash of their text."""
        return True

    def resources(self) -> dict[str, str]:
        """The model's sha256. Raises UserError where it is missing, or is another."""
        return {self.model: self.place()[1]}

    def place(self) -> tuple[Path, str]:
        """Where the model is on this machine, and its sha256."""
        try:
            return located(self.model, self.sha256)
        except UserError as error:
            raise UserError(f"the step {self}: {error}") from None
