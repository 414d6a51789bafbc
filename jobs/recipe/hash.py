"""The hash of a recipe: same hash and same inputs, same rows.

It is made of options and versions, never of source code: whoever changes what a step gives raises its VERSION, and the
golden outputs (tests/golden) tell where that was forgotten.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from decantry.udfs.page.html import EXTRACTORS

if TYPE_CHECKING:
    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.steps.step import Step

JUDGE_VERSION = 1
"""Raised when the same outputs of the steps mean another fate or another corpus row (jobs/curate); in every hash."""


def recipe_hash(recipe: Recipe) -> str:
    """16 hexadecimal digits over the text's extractor, the resolved steps, their versions, and every model's and list's
    sha256.

    Checks are not part of it: they do not change a row. Raises UserError when a model or list is missing.
    """
    return _digest(
        {
            "text": _text(recipe),
            "steps": [describe(step) for step in recipe.steps],
            "resources": _resources(recipe.steps),
            "judge": JUDGE_VERSION,
        }
    )


def setting(recipe: Recipe, number: int) -> str:
    """The hash under which the fingerprints of the deduplicate step at place `number` are kept.

    It covers the step's version and its options as far as a fingerprint depends on them, all steps before it, their
    lists and models, and the text: same setting, same document, same fingerprint, in whatever recipe.
    """
    before, step = recipe.steps[:number], recipe.steps[number]
    return _digest(
        {
            "text": _text(recipe),
            "before": [describe(earlier) for earlier in before],
            "resources": _resources(before),
            "step": {"kind": step.kind, "version": step.VERSION, "options": step.fingerprint_options()},
        }
    )


def describe(step: Step) -> dict[str, Any]:
    """A step as plain values: its name, its kind with the version, and its resolved options."""
    return {"name": str(step), "kind": step.kind, "version": step.VERSION, "options": step.options()}


def _text(recipe: Recipe) -> dict[str, Any]:
    return {**recipe.text.model_dump(mode="json"), "version": EXTRACTORS[recipe.text.extractor]}


def _resources(steps: Sequence[Step]) -> dict[str, str]:
    return {name: sha256 for step in steps for name, sha256 in sorted(step.resources().items())}


def _digest(values: Any) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
