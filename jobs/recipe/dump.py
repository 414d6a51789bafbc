"""A recipe as YAML, in the form that the lake keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from decantry.jobs.recipe.model import Check, Recipe


def dump(recipe: Recipe) -> str:
    """YAML from which `parse` makes the same recipe, with only the options that its author gave."""
    content = recipe.model_dump(mode="json", exclude={"steps", "checks"}, exclude_unset=True)
    content["steps"] = [{step.kind: step.model_dump(mode="json", exclude_unset=True)} for step in recipe.steps]
    content["checks"] = [{check.metric: _bounds(check)} for check in recipe.checks]
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True)


def _bounds(check: Check) -> dict[str, object]:
    return check.model_dump(mode="json", exclude={"metric"}, exclude_unset=True)
