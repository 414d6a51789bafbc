"""Finds the steps of a recipe whose outcome depends on other documents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from decantry.jobs.steps.deduplicate import Deduplicate
from decantry.jobs.steps.where import Where

if TYPE_CHECKING:
    from decantry.jobs.recipe.model import Recipe

_NAME = re.compile(r"[a-z_][a-z0-9_]*")


def steps_across_documents(recipe: Recipe) -> set[str]:
    """The names of the steps whose outcome depends on other documents, so that only the verdict shows it.

    They look across documents, or are predicates on a column that such a step adds.
    """
    names: set[str] = set()
    found: set[str] = set()
    for step in recipe.steps:
        if step.looks_across:
            names.add(str(step))
            found |= set() if step.finds_clusters else {column.name for column in step.adds()}
        elif isinstance(step, Where) and found & set(_NAME.findall(step.keep.lower())):
            names.add(str(step))
    return names


def unasked(recipe: Recipe) -> list[str]:
    """The names of the steps whose outcome needs more than one text, in order.

    A predicate that names a cluster column is one of them: a document has no cluster before a run compares it.
    """
    unknown = steps_across_documents(recipe)
    return [
        str(step)
        for step in recipe.steps
        if str(step) in unknown or isinstance(step, Deduplicate) or step.reads_cluster_size
    ]
