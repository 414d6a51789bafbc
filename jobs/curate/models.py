"""The models that the steps of a recipe need, tried before any work."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.curate.scoring import model_for
from decantry.jobs.steps.score import ScoredByModel

if TYPE_CHECKING:
    from decantry.jobs.recipe.model import Recipe


def require_models(recipe: Recipe) -> None:
    """Raise UserError, which names the step, where one needs a model that cannot be used."""
    for step in recipe.steps:
        if isinstance(step, ScoredByModel):
            model_for(step)
