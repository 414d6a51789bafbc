"""The funnel: how many documents each step saw and removed, and by which rule, from the counts of verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decantry.jobs.recipe.model import Recipe


@dataclass(frozen=True)
class FunnelStep:
    """One step: how many documents it saw and removed. `rules` has the number for each rule that removed some."""

    step: str
    seen: int
    removed: int
    rules: Mapping[str, int]


def funnel(recipe: Recipe, counts: Mapping[str | None, int]) -> list[FunnelStep]:
    """The funnel's steps in order. `counts` has the number of verdicts by `removed_by` (None: kept)."""
    left = sum(counts.values())
    steps = []
    for step in recipe.steps:
        prefix = f"{step}."
        rules = {name.removeprefix(prefix): n for name, n in counts.items() if name and name.startswith(prefix)}
        removed = sum(rules.values())
        steps.append(FunnelStep(str(step), left, removed, dict(sorted(rules.items(), key=lambda r: (-r[1], r[0])))))
        left -= removed
    return steps
