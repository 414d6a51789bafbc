"""What a preview does not count, in sentences."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from decantry.jobs.explore.preview.changed import moved_of
from decantry.jobs.recipe.by_verdict import unasked
from decantry.jobs.steps.score import ScoredByModel

if TYPE_CHECKING:
    from decantry.jobs.explore.preview.asked import Asked
    from decantry.jobs.explore.preview.changed import Changed
    from decantry.jobs.explore.preview.estimate import Sampling
    from decantry.jobs.recipe.model import Recipe

UNCOUNTED = "duplicates of a document that leaves may take its place; they are not counted"


def notes(it: Asked, survivors: Callable[[], tuple[int, int]], sampling: Sampling) -> tuple[str, ...]:
    """The sentences, none if a run would give the same figures.

    `survivors` says how many documents leave that duplicates were removed for, and how many these are together.
    """
    found, recipe, changes = [], it.recipe, it.changes
    if it.of_old:
        found.append(f"crawls that were published under another recipe hash are left out: {', '.join(it.of_old)}")
    found += _own_thresholds(recipe, changes)
    first = min(place for change in changes for place in change.steps)
    unknown = unasked(recipe)
    later = [str(step) for step in recipe.steps[first + 1 :] if str(step) in unknown]
    if later:
        found.append(
            f"not judged again: {', '.join(later)}; a document that enters is counted as if it passed "
            f"{'it' if len(later) == 1 else 'them'}"
        )
    scored = [str(step) for step in recipe.steps[first + 1 :] if isinstance(step, ScoredByModel)]
    if scored:
        found.append(
            f"{', '.join(scored)}: only scores in the table `scores` are used; a text without one counts as passing"
        )
    if any(step.finds_clusters for step in recipe.steps[first + 1 :]):
        counted = len(changes) == 1 and sampling.complete
        found += _stood_for(*survivors()) if counted else [UNCOUNTED]
    return tuple(found)


def _own_thresholds(recipe: Recipe, changes: Sequence[Changed]) -> list[str]:
    """Which changed options a language's own configuration stands for."""
    places = sorted({place for change in changes for place in change.steps})
    steps = [recipe.steps[place] for place in places]
    names = [f"{step}.{rule.limit}" for step in steps for rule in moved_of(step, changes) if rule.limit]
    if not names:
        return []
    return [
        f"{', '.join(names)}: documents of a language that has a configuration (`by_language`) are judged by its "
        f"{'threshold' if len(names) == 1 else 'thresholds'} as before; only those of other languages are judged anew"
    ]


def _stood_for(count: int, members: int) -> list[str]:
    if not count:
        return []
    return [
        f"{count:,} of the documents that leave stand for {members - count:,} duplicates, of which others may "
        "take their place; they are not counted"
    ]
