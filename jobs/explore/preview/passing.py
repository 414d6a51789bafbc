"""Decides by measurements which documents pass changed thresholds, on columns of Spark or on arrays."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any, Protocol

from decantry.jobs.explore.preview.changed import moved_of, moved_rules
from decantry.jobs.recipe.across_documents import unasked

if TYPE_CHECKING:
    from decantry.jobs.explore.preview.changed import Changed
    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.steps.rule import Rule
    from decantry.jobs.steps.step import Step


class Measured(Protocol):
    """Judged documents with measurements. A method returns a truth value for each document; `& | ~` combine them."""

    def came_to(self, place: int) -> Any:
        """Whether no step before the one at `place` removed the document."""

    def removed_at(self, place: int) -> Any:
        """Whether the step at `place` removed the document."""

    def removed_by(self, names: Sequence[str]) -> Any:
        """Whether one of these rules (`step.rule`) removed the document."""

    def breaks(self, step: Step, rule: Rule) -> Any:
        """Whether the document's kept measurement breaks the rule of the step; false if it has none."""


def passes(recipe: Recipe, change: Changed, known: Measured) -> Any:
    """Whether a document passes all changed steps that it reached, according to its measurements."""
    broken = [
        known.came_to(place) & _breaks(recipe.steps[place], step, place, known)
        for place, step in sorted(change.steps.items())
    ]
    return ~reduce(or_, broken)


def goes_on(recipe: Recipe, changes: Sequence[Changed], known: Measured) -> Any:
    """Whether a document that a changed step removed passes all later steps that no change touches.

    Its measurements are those that the steps would take if none had removed it. Steps of `unasked` let it pass. Valid
    if `removed_are_told`.
    """
    changed = {place for change in changes for place in change.steps}
    return _tried([each for each in _later(recipe, min(changed)) if each[0] not in changed], known)


def goes_on_with(change: Changed, known: Measured) -> Any:
    """Whether such a document passes the later steps that the change touches, with their new thresholds."""
    return _tried(sorted(change.steps.items())[1:], known)


def passers_are_told(recipe: Recipe, changes: Sequence[Changed]) -> bool:
    """Whether measurements are enough to apply the changes to documents that passed the changed steps."""
    places = sorted({place for change in changes for place in change.steps})
    return all(_are_told(moved_of(recipe.steps[place], changes)) for place in places)


def removed_are_told(recipe: Recipe, changes: Sequence[Changed]) -> bool:
    """Whether measurements are enough to apply the changes to documents that a changed step removed."""
    later = [step for _, step in _later(recipe, min(place for change in changes for place in change.steps))]
    if any(step.ends_pass and not step.looks_across for step in later):  # it needs a score
        return False
    changed = [(place, step) for change in changes for place, step in change.steps.items()]
    tried = [step.rules()[_first_moved(recipe, place, step) :] for place, step in changed]
    return all(_are_told(rules) for rules in [*tried, *(step.rules() for step in later)])


def _later(recipe: Recipe, first: int) -> list[tuple[int, Step]]:
    """The steps after the one at `first` with their index, without those of `unasked`."""
    unknown = unasked(recipe)
    return [(n, step) for n, step in enumerate(recipe.steps) if n > first and str(step) not in unknown]


def _tried(steps: Sequence[tuple[int, Step]], known: Measured) -> Any:
    """Whether a document breaks no rule of those steps that it did not reach."""
    stays = [~known.breaks(step, rule) | known.came_to(place) for place, step in steps for rule in step.rules()]
    return reduce(and_, stays, known.came_to(0))


def _breaks(before: Step, after: Step, place: int, known: Measured) -> Any:
    """Whether the document breaks a rule of the changed step.

    A document that passed the step can only break rules whose threshold changed. A document that the step removed may
    break the rule that removed it, or any later rule.
    """
    rules = after.rules()
    moved = {rules[n].name for n in moved_rules(before.rules(), rules)}
    here = known.removed_at(place)
    still = here & ~known.removed_by([f"{before}.{name}" for name in sorted(moved)])
    told = [rule for rule in rules if rule.shows is None]
    broken = [known.breaks(after, rule) if rule.name in moved else known.breaks(after, rule) & here for rule in told]
    return reduce(or_, broken, still)


def _are_told(rules: Sequence[Rule]) -> bool:
    """Whether the measurements of these rules are kept. If a rule shows another measurement, only that one is kept."""
    return all(rule.shows is None for rule in rules)


def _first_moved(recipe: Recipe, place: int, step: Step) -> int:
    return min(moved_rules(recipe.steps[place].rules(), step.rules()), default=0)
