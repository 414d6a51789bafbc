"""A recipe with other thresholds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.steps.rule import Rule
    from decantry.jobs.steps.step import Step


@dataclass(frozen=True)
class Changed:
    """A recipe with other thresholds: by place, the steps as they would be. `label` says which values they have.

    In a sweep, `value` is the option's value, and `before` the one that it has in the recipe.
    """

    label: str
    steps: dict[int, Step]
    value: float | None = None
    before: float | None = None


def moved_rules(rules: Sequence[Rule], others: Sequence[Rule]) -> tuple[int, ...]:
    """The places of the rules that have another threshold."""
    pairs = zip(rules, others, strict=True)
    return tuple(place for place, (one, other) in enumerate(pairs) if one.threshold != other.threshold)


def moved_of(step: Step, changes: Sequence[Changed]) -> list[Rule]:
    """The step's rules that some change gives another threshold, as the step has them."""
    others = [each for change in changes for each in change.steps.values() if str(each) == str(step)]
    rules = step.rules()
    return [rules[place] for place in sorted({n for other in others for n in moved_rules(rules, other.rules())})]


def rules_of(recipe: Recipe, changes: Sequence[Changed]) -> list[str]:
    """The rules that some change moves, as `step.rule`."""
    return [f"{step}.{rule.name}" for step, rule in _moved(recipe, changes)]


def measurements_of(recipe: Recipe, changes: Sequence[Changed]) -> list[str]:
    """The measurements that these rules show, as `step.measurement`, each once."""
    return list(dict.fromkeys(f"{step}.{rule.shown}" for step, rule in _moved(recipe, changes)))


def _moved(recipe: Recipe, changes: Sequence[Changed]) -> Iterator[tuple[Step, Rule]]:
    for place in sorted({place for change in changes for place in change.steps}):
        for rule in moved_of(recipe.steps[place], changes):
            yield recipe.steps[place], rule
