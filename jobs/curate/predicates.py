"""Errors of the predicates that a recipe's author wrote."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from decantry.jobs.process.errors import UserError
from decantry.jobs.steps.where import Where

if TYPE_CHECKING:
    from decantry.jobs.recipe.model import Recipe


_MEASURED = (
    "; --measure-all evaluates it for documents that earlier steps removed, too: use try_cast, or put a guard into the "
    "predicate"
)


@contextmanager
def predicate_errors(recipe: Recipe, *, measure_all: bool = False) -> Iterator[None]:
    """Raise UserError with the step's name if Spark fails in the predicate of a `where` step.

    With `measure_all`, the message says that predicates are evaluated for removed documents, too.
    """
    try:
        yield
    except Exception as error:
        if (message := _message(recipe, error)) is not None:
            raise UserError(message + (_MEASURED if measure_all else "")) from error
        raise


def _message(recipe: Recipe, error: Exception) -> str | None:
    """What failed on a document; None if the error is not one of a predicate."""
    contexts: list[Any] = getattr(error, "getQueryContext", list)() or []
    fragments = [context.fragment() for context in contexts if context.contextType().name == "SQL"]
    steps = [
        str(step) for step in recipe.steps if isinstance(step, Where) and any(part in step.keep for part in fragments)
    ]
    if not steps:
        return None
    where = f"the step {steps[0]}" if len(steps) == 1 else f"one of the steps {', '.join(steps)}"
    what = next(line for line in str(error).splitlines() if line.strip()).partition(" SQLSTATE")[0]
    return f"{where} of {recipe.recipe} fails on a document: {what} (in `{fragments[0]}`)"
