"""Decides by measurements which documents pass changed thresholds, on columns of Spark or on arrays."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any, Protocol

from decantry.jobs.explore.preview.change import changed_rules, changed_rules_of
from decantry.jobs.recipe.across_documents import unasked

if TYPE_CHECKING:
    from decantry.jobs.explore.preview.change import Change
    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.steps.rule import Rule
    from decantry.jobs.steps.step import Step


class Measured(Protocol):
    """Judged documents with measurements. A method returns a truth value for each document; `& | ~` combine them."""

    def reached(self, index: int) -> Any:
        """Whether no step before the one at `index` removed the document."""

    def removed_at(self, index: int) -> Any:
        """Whether the step at `index` removed the document."""

    def removed_by(self, names: Sequence[str]) -> Any:
        """Whether one of these rules (`step.rule`) removed the document."""

    def breaks(self, step: Step, rule: Rule) -> Any:
        """Whether the document's kept measurement breaks the rule of the step; false if it has none."""


def passes(recipe: Recipe, change: Change, documents: Measured) -> Any:
    """Whether a document passes all changed steps that it reached, according to its measurements."""
    broken = [
        documents.reached(index) & _breaks(recipe.steps[index], step, index, documents)
        for index, step in sorted(change.steps.items())
    ]
    return ~reduce(or_, broken)


def passes_later_steps(recipe: Recipe, changes: Sequence[Change], documents: Measured) -> Any:
    """Whether a document that a changed step removed passes all later steps that no change touches.

    Its measurements are those that the steps would take if none had removed it. Steps of `unasked` let it pass. Valid
    if `enough_for_removed`.
    """
    changed = {index for change in changes for index in change.steps}
    return _breaks_none([each for each in _later(recipe, min(changed)) if each[0] not in changed], documents)


def passes_later_changes(change: Change, documents: Measured) -> Any:
    """Whether such a document passes the later steps that the change touches, with their new thresholds."""
    return _breaks_none(sorted(change.steps.items())[1:], documents)


def enough_for_passed(recipe: Recipe, changes: Sequence[Change]) -> bool:
    """Whether measurements are enough to apply the changes to documents that passed the changed steps."""
    indices = sorted({index for change in changes for index in change.steps})
    return all(_are_kept(changed_rules_of(recipe.steps[index], changes)) for index in indices)


def enough_for_removed(recipe: Recipe, changes: Sequence[Change]) -> bool:
    """Whether measurements are enough to apply the changes to documents that a changed step removed."""
    later = [step for _, step in _later(recipe, min(index for change in changes for index in change.steps))]
    if any(step.ends_pass and not step.looks_across for step in later):  # it needs a score
        return False
    changed = [(index, step) for change in changes for index, step in change.steps.items()]
    tried = [step.rules()[_first_changed(recipe, index, step) :] for index, step in changed]
    return all(_are_kept(rules) for rules in [*tried, *(step.rules() for step in later)])


def _later(recipe: Recipe, first: int) -> list[tuple[int, Step]]:
    """The steps after the one at `first` with their index, without those of `unasked`."""
    unknown = unasked(recipe)
    return [(n, step) for n, step in enumerate(recipe.steps) if n > first and str(step) not in unknown]


def _breaks_none(steps: Sequence[tuple[int, Step]], documents: Measured) -> Any:
    """Whether a document breaks no rule of those steps that it did not reach."""
    stays = [~documents.breaks(step, rule) | documents.reached(index) for index, step in steps for rule in step.rules()]
    return reduce(and_, stays, documents.reached(0))


def _breaks(before: Step, after: Step, index: int, documents: Measured) -> Any:
    """Whether the document breaks a rule of the changed step.

    A document that passed the step can only break rules whose threshold changed. A document that the step removed may
    break the rule that removed it, or any later rule.
    """
    rules = after.rules()
    moved = {rules[n].name for n in changed_rules(before.rules(), rules)}
    here = documents.removed_at(index)
    still = here & ~documents.removed_by([f"{before}.{name}" for name in sorted(moved)])
    broken = [
        documents.breaks(after, rule) if rule.name in moved else documents.breaks(after, rule) & here
        for rule in rules
        if rule.shows is None
    ]
    return reduce(or_, broken, still)


def _are_kept(rules: Sequence[Rule]) -> bool:
    """Whether the measurements of these rules are kept. If a rule shows another measurement, only that one is kept."""
    return all(rule.shows is None for rule in rules)


def _first_changed(recipe: Recipe, index: int, step: Step) -> int:
    return min(changed_rules(recipe.steps[index].rules(), step.rules()), default=0)
