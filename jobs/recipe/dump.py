"""A recipe written as YAML again, as the lake keeps it."""

from __future__ import annotations

import yaml

from decantry.jobs.recipe.model import Recipe


def dump(recipe: Recipe) -> str:
    """YAML that `parse` reads as the same recipe, every option written out."""
    content = recipe.model_dump(mode="json", exclude={"steps", "checks"})
    content["steps"] = [{step.kind: step.model_dump(mode="json")} for step in recipe.steps]
    content["checks"] = [{check.metric: check.model_dump(mode="json", exclude={"metric"})} for check in recipe.checks]
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True)
