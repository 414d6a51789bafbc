"""Check the models that the steps of a recipe need, before any work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.curate.scoring import model_for
from decantry.jobs.steps.score import ScoredByModel

if TYPE_CHECKING:
    from decantry.jobs.recipe.model import Recipe


def require_models(recipe: Recipe) -> None:
    """Raise UserError if a step needs a model that cannot be used. The message names the step."""
    for step in recipe.steps:
        if isinstance(step, ScoredByModel):
            model_for(step)
