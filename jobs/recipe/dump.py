"""A recipe as YAML, in the form that ops/publications keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from decantry.jobs.recipe.model import Check, Recipe
    from decantry.jobs.steps.step import Step


def dump(recipe: Recipe) -> str:
    """YAML that `parse` reads as the same recipe. It has only the options that the author gave."""
    content = recipe.model_dump(mode="json", exclude={"steps", "checks", "alarms"}, exclude_unset=True)
    content["steps"] = [{step.kind: _options(step)} for step in recipe.steps]
    content["checks"] = [{check.metric: _bounds(check)} for check in recipe.checks]
    if alarms := recipe.alarms.model_dump(mode="json", exclude_unset=True):
        content["checks"].append({"alarms": alarms})
    return yaml.safe_dump(content, sort_keys=False, allow_unicode=True)


def _options(step: Step) -> dict[str, object]:
    return step.model_dump(mode="json", by_alias=True, exclude_unset=True)


def _bounds(check: Check) -> dict[str, object]:
    return check.model_dump(mode="json", exclude={"metric"}, exclude_unset=True)
