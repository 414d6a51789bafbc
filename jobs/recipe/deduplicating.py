"""The recipe of `decantry dedup`, which only deduplicates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from decantry.jobs.process.errors import UserError
from decantry.jobs.steps.deduplicate import Deduplicate
from decantry.jobs.steps.near_duplicates import NearDuplicates

if TYPE_CHECKING:
    from decantry.jobs.recipe.model import Recipe


def deduplicating(recipe: Recipe, changes: Mapping[str, Any]) -> Recipe:
    """The recipe with `changes` in the options of its near_duplicates steps.

    Raises UserError if a step does not deduplicate, if there is no step to change, or if a value is not valid.
    """
    others = [str(step) for step in recipe.steps if not isinstance(step, Deduplicate)]
    if others:
        raise UserError(
            f"{recipe.recipe} does more than deduplicate ({others[0]}): run `decantry curate {recipe.recipe}`"
        )
    near = [step for step in recipe.steps if isinstance(step, NearDuplicates)]
    if changes and not near:
        raise UserError(f"{recipe.recipe} has no step near_duplicates: leave out --{', --'.join(changes)}")
    steps = [_changed(step, changes) if isinstance(step, NearDuplicates) else step for step in recipe.steps]
    return recipe.model_copy(update={"steps": tuple(steps)})


def _changed(step: NearDuplicates, changes: Mapping[str, Any]) -> NearDuplicates:
    given = step.model_dump(mode="json", exclude_unset=True)
    try:
        return NearDuplicates.model_validate_json(json.dumps(given | dict(changes)), strict=True)
    except ValidationError as error:
        wrong = error.errors(include_url=False)[0]
        name = ".".join(str(part) for part in wrong["loc"])
        message = wrong["msg"].removeprefix("Value error, ")
        raise UserError(f"--{name} is {wrong['input']!r:.80}: {message}" if name else message) from None
