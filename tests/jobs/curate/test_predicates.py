"""The message of a failing predicate, with and without `--measure-all`."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from decantry.jobs.curate.predicates import predicate_errors
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.load import parse

RECIPE = parse("recipe: ages\nsteps:\n  - where: {name: old, keep: cast(text as int) > 9}\n", "ages.yaml")


class Failed(Exception):
    """An error of Spark in the predicate."""

    def getQueryContext(self) -> list[object]:  # noqa: N802
        """The part of the predicate that failed."""
        kind = SimpleNamespace(name="SQL")
        return [SimpleNamespace(contextType=lambda: kind, fragment=lambda: "cast(text as int)")]


@pytest.mark.parametrize("measure_all", [False, True])
def test_the_message_says_that_removed_documents_are_measured(measure_all: bool) -> None:
    with (
        pytest.raises(UserError, match="the step old of ages fails on a document: not a number") as caught,
        predicate_errors(RECIPE, measure_all=measure_all),
    ):
        raise Failed("not a number SQLSTATE: 22018")
    assert ("--measure-all evaluates it for documents that earlier steps removed" in str(caught.value)) is measure_all
