"""Computes the flow through a recipe's steps, and the groups that lose far more to a step than others."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING

from decantry.jobs.explore.report.contents import Alarm, RuleLoss, StepLoss
from decantry.jobs.recipe.funnel import funnel
from decantry.jobs.steps.where import Where

if TYPE_CHECKING:
    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.steps.rule import Rule
    from decantry.jobs.steps.step import Step

LEAST_DOCUMENTS = 20
LEAST_SHARE = 0.5
LEAST_RATIO = 1.5
MOST_ALARMS = 20
"""A group of enough documents raises an alarm if it loses at least this share of the documents that reach a step, and
at least this many times the share that all documents lose. These are rules of thumb."""


def flow(recipe: Recipe, counts: Mapping[str | None, int]) -> tuple[StepLoss, ...]:
    """The steps in order, each with all of its rules, including those that removed nothing."""
    return tuple(
        StepLoss(
            part.step,
            step.about,
            part.seen,
            part.removed,
            tuple(RuleLoss(rule.name, when(step, rule), part.rules.get(rule.name, 0)) for rule in step.rules()),
        )
        for part, step in zip(funnel(recipe, counts), recipe.steps, strict=True)
    )


def when(step: Step, rule: Rule) -> str:
    """When the rule removes a document, as text for people. For a `where` step, it is the predicate."""
    return f"not ({step.keep})" if isinstance(step, Where) else str(rule)


def alarms(
    kind: str, lost: Mapping[tuple[str, str], int], steps: tuple[StepLoss, ...], meant: Collection[str] = ()
) -> list[Alarm]:
    """The groups of one kind that lose far more to one step than the corpus does, each with the step it loses most to.

    Steps that are `meant` to remove such groups raise no alarm, for example the language step for languages.
    """
    found = []
    for name in sorted({name for name, _ in lost}):
        left = sum(n for (other, _), n in lost.items() if other == name)
        worst: Alarm | None = None
        for step in steps:
            gone = lost.get((name, step.step), 0)
            share, usual = (gone / left if left else 0.0), (step.removed / step.seen if step.seen else 0.0)
            loud = (
                step.step not in meant
                and left >= LEAST_DOCUMENTS
                and share >= LEAST_SHARE
                and share >= LEAST_RATIO * usual
            )
            if loud and (worst is None or gone > worst.share * worst.documents):
                worst = Alarm(kind, name, left, step.step, share, usual)
            left -= gone
        found += [worst] if worst else []
    return sorted(found, key=lambda alarm: (-alarm.share * alarm.documents, alarm.name))[:MOST_ALARMS]
