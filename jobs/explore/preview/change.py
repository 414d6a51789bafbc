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
class Change:
    """A recipe with other thresholds. `steps` has the changed steps by their index, and `label` names the new values.

    In a sweep, `value` is the option's new value, and `before` its value in the recipe.
    """

    label: str
    steps: dict[int, Step]
    value: float | None = None
    before: float | None = None


def changed_rules(rules: Sequence[Rule], others: Sequence[Rule]) -> tuple[int, ...]:
    """The indices of the rules that have another threshold."""
    pairs = zip(rules, others, strict=True)
    return tuple(index for index, (one, other) in enumerate(pairs) if one.threshold != other.threshold)


def changed_rules_of(step: Step, changes: Sequence[Change]) -> list[Rule]:
    """The step's rules, as they are now, whose threshold is changed by at least one change."""
    others = [each for change in changes for each in change.steps.values() if str(each) == str(step)]
    rules = step.rules()
    return [rules[index] for index in sorted({n for other in others for n in changed_rules(rules, other.rules())})]


def changed_rule_names(recipe: Recipe, changes: Sequence[Change]) -> list[str]:
    """The rules whose threshold is changed by at least one change, as `step.rule`."""
    return [f"{step}.{rule.name}" for step, rule in _moved(recipe, changes)]


def measurements_of(recipe: Recipe, changes: Sequence[Change]) -> list[str]:
    """The measurements that these rules show, as `step.measurement`, without repetitions."""
    return list(dict.fromkeys(f"{step}.{rule.shown}" for step, rule in _moved(recipe, changes)))


def _moved(recipe: Recipe, changes: Sequence[Change]) -> Iterator[tuple[Step, Rule]]:
    for index in sorted({index for change in changes for index in change.steps}):
        for rule in changed_rules_of(recipe.steps[index], changes):
            yield recipe.steps[index], rule
