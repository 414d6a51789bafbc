"""Whether a recipe compares crawls, and whether it can compare a new crawl with published ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.steps.across import Across

if TYPE_CHECKING:
    from decantry.jobs.recipe.model import Recipe


def compares_crawls(recipe: Recipe) -> bool:
    """Whether a step compares documents of different crawls."""
    return any(step.compares_crawls for step in recipe.steps)


def is_incremental(recipe: Recipe) -> bool:
    """Whether new documents can be compared with the fingerprints of published ones. Else all are judged again.

    False in three cases: a step looks across documents and cannot do so by fingerprints; two steps find clusters, and
    a step reads their sizes; or a step compares texts from which an earlier step has cut paragraphs of other documents.
    """
    across = [step for step in recipe.steps if isinstance(step, Across) and step.looks_across]
    if any(step.edits_text for step in across[:-1]):
        return False
    clustering = [step for step in across if step.finds_clusters]
    sizes_are_read = any(step.reads_cluster_size for step in recipe.steps)
    return all(step.is_incremental for step in across) and not (len(clustering) > 1 and sizes_are_read)
