"""A failure of a recipe's own predicate, told as the recipe author's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from decantry.jobs.process.errors import UserError
from decantry.jobs.steps.where import Where

if TYPE_CHECKING:
    from decantry.jobs.recipe.model import Recipe


@contextmanager
def told_of_predicates(recipe: Recipe) -> Iterator[None]:
    """Raise UserError, which names the step, where Spark fails within the predicate of a `where` step."""
    try:
        yield
    except Exception as error:
        if (told := _of_a_predicate(recipe, error)) is not None:
            raise told from error
        raise


def _of_a_predicate(recipe: Recipe, error: Exception) -> UserError | None:
    """The error as one of a `where` step, where it is one: its predicate fails on some document."""
    places: list[Any] = getattr(error, "getQueryContext", list)() or []
    failing = [place.fragment() for place in places if place.contextType().name == "SQL"]
    steps = [
        str(step) for step in recipe.steps if isinstance(step, Where) and any(part in step.keep for part in failing)
    ]
    if not steps:
        return None
    which = f"the step {steps[0]}" if len(steps) == 1 else f"one of the steps {', '.join(steps)}"
    what = next(line for line in str(error).splitlines() if line.strip()).partition(" SQLSTATE")[0]
    return UserError(f"{which} of {recipe.recipe} fails on a document: {what} (in `{failing[0]}`)")
