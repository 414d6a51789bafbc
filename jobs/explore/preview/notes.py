"""The notes of a preview, which say what it does not count."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from decantry.jobs.explore.preview.change import changed_rules_of
from decantry.jobs.recipe.across_documents import unasked
from decantry.jobs.steps.score import ScoredByModel

if TYPE_CHECKING:
    from decantry.jobs.explore.preview.change import Change
    from decantry.jobs.explore.preview.estimate import Sampling
    from decantry.jobs.explore.preview.request import Request
    from decantry.jobs.recipe.model import Recipe

UNCOUNTED = "if a document leaves, one of its duplicates may enter; these duplicates are not counted"


def notes(request: Request, survivors: Callable[[], tuple[int, int]], sampling: Sampling) -> tuple[str, ...]:
    """The notes; empty if a run would give the same figures.

    `survivors` returns the number of leaving documents that are survivors of clusters, and the size of these clusters
    together.
    """
    found, recipe, changes = [], request.recipe, request.changes
    if request.left_out:
        found.append(f"crawls that were published with another recipe hash are left out: {', '.join(request.left_out)}")
    found += _own_thresholds(recipe, changes)
    first = min(index for change in changes for index in change.steps)
    unknown = unasked(recipe)
    later = [str(step) for step in recipe.steps[first + 1 :] if str(step) in unknown]
    if later:
        found.append(
            f"not judged again: {', '.join(later)}; a document that enters is counted as if it passed "
            f"{'it' if len(later) == 1 else 'them'}"
        )
    scored = [str(step) for step in recipe.steps[first + 1 :] if isinstance(step, ScoredByModel)]
    if scored:
        found.append(f"{', '.join(scored)}: only scores in the table `scores` are used; texts without a score pass")
    if any(step.finds_clusters for step in recipe.steps[first + 1 :]):
        counted = len(changes) == 1 and sampling.complete
        found += _survivors(*survivors()) if counted else [UNCOUNTED]
    return tuple(found)


def _own_thresholds(recipe: Recipe, changes: Sequence[Change]) -> list[str]:
    """A note for changed options that a language's own configuration overrides."""
    indices = sorted({index for change in changes for index in change.steps})
    steps = [recipe.steps[index] for index in indices]
    names = [f"{step}.{rule.limit}" for step in steps for rule in changed_rules_of(step, changes) if rule.limit]
    if not names:
        return []
    return [
        f"{', '.join(names)}: documents of a language that has a configuration (`by_language`) are judged by its "
        f"{'threshold' if len(names) == 1 else 'thresholds'} as before; only those of other languages are judged anew"
    ]


def _survivors(count: int, members: int) -> list[str]:
    """A note with the number of leaving documents that are survivors of clusters."""
    if not count:
        return []
    return [
        f"{count:,} of the documents that leave have {members - count:,} removed duplicates, "
        "some of which may enter; these duplicates are not counted"
    ]
