"""The hash of a recipe. The same hash and the same inputs give the same rows.

It is made of options and versions, never of source code. If you change a step's output, raise its VERSION. The golden
outputs (tests/golden) fail if you forget that.
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
"""Part of every hash. Raise it if jobs/curate derives other verdicts or corpus rows from the same step outputs."""


def recipe_hash(recipe: Recipe) -> str:
    """The recipe's hash, 16 hexadecimal digits.

    It covers the extractor, the resolved steps, their versions, and the sha256 of every model and list. Checks are not
    part of it, because they do not change a row. Raises UserError if a model or list is missing.
    """
    return _digest(
        {
            "text": _text(recipe),
            "steps": [describe(step) for step in recipe.steps],
            "resources": _resources(recipe.steps),
            "judge": JUDGE_VERSION,
        }
    )


def setting(recipe: Recipe, index: int) -> str:
    """The hash under which the fingerprints of the deduplicate step at `index` are stored.

    It covers the extractor, all earlier steps with their lists and models, the step's version, and those of its options
    that change a fingerprint. With the same setting, a document has the same fingerprint in every recipe.
    """
    before, step = recipe.steps[:index], recipe.steps[index]
    return _digest(
        {
            "text": _text(recipe),
            "before": [describe(earlier) for earlier in before],
            "resources": _resources(before),
            "step": {"kind": step.kind, "version": step.VERSION, "options": step.fingerprint_options()},
        }
    )


def describe(step: Step) -> dict[str, Any]:
    """A step as plain values: its name, kind, version and resolved options."""
    return {"name": str(step), "kind": step.kind, "version": step.VERSION, "options": step.options()}


def _text(recipe: Recipe) -> dict[str, Any]:
    read = recipe.text.model_dump(mode="json", include={"extractor"})
    form = {} if recipe.text.form == "text" else {"form": recipe.text.form}
    return {**read, **form, "version": EXTRACTORS[recipe.text.extractor]}


def _resources(steps: Sequence[Step]) -> dict[str, str]:
    """The sha256 of each model and list by name. If a name has several files, the step's name is added to it."""
    found: dict[str, str] = {}
    for step in steps:
        for name, sha256 in sorted(step.resources().items()):
            found[name if found.get(name, sha256) == sha256 else f"{step}: {name}"] = sha256
    return found


def _digest(values: Any) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
