"""The expectations of a publication: conservation, the recipe's own checks, and the corpus table's schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from decantry.jobs.checks.expectation import Batch, Expectation, Severity
from decantry.jobs.recipe.funnel import funnel

if TYPE_CHECKING:
    from decantry.jobs.checks.parts import Part
    from decantry.jobs.recipe.model import Check, Recipe

SMALL = 1_000
"""With fewer documents, a recipe's check only warns, because a share of a few documents means little."""

CONSERVATION = (
    Expectation("ExpectColumnPairValuesToBeEqual", {"column_A": "documents", "column_B": "verdicts"}),
    Expectation("ExpectColumnPairValuesToBeEqual", {"column_A": "kept", "column_B": "corpus_documents"}),
    Expectation("ExpectColumnValuesToBeBetween", {"column": "repeated_ids", "max_value": 0}),
)


def metrics(recipe: Recipe, parts: Sequence[Part]) -> list[Batch]:
    """A frame of figures, one row for each crawl, with the expectations of conservation and of the recipe's checks.

    Crawls with fewer than SMALL documents are in a separate batch, in which the recipe's checks only warn.
    """
    batches = []
    for about, mine, warn in (
        ("crawls", [part for part in parts if part.documents >= SMALL], False),
        ("small crawls", [part for part in parts if part.documents < SMALL], True),
    ):
        if mine:
            rows = [_figures(recipe, part) for part in mine]
            columns = {name: [row[name] for row in rows] for name in rows[0]}
            checks = tuple(_of_recipe(check, warn) for check in recipe.checks)
            batches.append(Batch("silver/verdicts", about, columns, CONSERVATION + checks))
    return batches


def sample(recipe: Recipe, rows: Mapping[str, list[Any]]) -> Batch:
    """A sample of the corpus, with the expectations from its schema."""
    table = recipe.corpus()
    expectations = [
        Expectation("ExpectColumnValuesToNotBeNull", {"column": column.name})
        for column in table.columns
        if not column.nullable
    ]
    expectations += [
        Expectation("ExpectColumnValuesToBeBetween", {"column": column.name, "min_value": 0, "max_value": 1.01})
        for column in table.columns
        if column.unit == "probability"
    ]
    return Batch(table.name, "a sample", rows, tuple(expectations))


def _figures(recipe: Recipe, part: Part) -> dict[str, Any]:
    steps = funnel(recipe, part.counts)
    removed = {f"removed_share.{s.step}": s.removed / s.seen if s.seen else 0.0 for s in steps}
    return {
        "crawl": part.crawl,
        "documents": part.documents,
        "verdicts": sum(part.counts.values()),
        "kept": part.kept,
        "corpus_documents": part.corpus_documents,
        "repeated_ids": part.repeated_ids,
        "kept_share": part.kept / part.documents if part.documents else 0.0,
        **removed,
    }


def _of_recipe(check: Check, warn: bool) -> Expectation:
    severity: Severity = "warning" if warn else check.severity
    low, high = check.between
    column = f"{check.metric}.{check.step}" if check.step else check.metric
    return Expectation(
        "ExpectColumnValuesToBeBetween", {"column": column, "min_value": low, "max_value": high}, severity
    )
