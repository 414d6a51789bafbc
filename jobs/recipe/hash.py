"""The hash of a recipe: same hash and same inputs, same rows."""

from __future__ import annotations

import hashlib
import json
import zipfile
from functools import cache
from importlib import resources
from typing import Any

from decantry.jobs.recipe.model import Recipe
from decantry.jobs.session import native_jar
from decantry.jobs.steps.step import Step

NATIVE_DIGEST = "decantry-native.sha256"
"""The entry of the native jar that holds the sha256 of its sources (written by build.sbt)."""
DECIDING = {
    "jobs.dedup": (
        *("clusters", "components", "contraction", "edges", "order", "paragraphs", "rehydration", "union_find"),
        "verify",
    ),
    "jobs.curate": ("documents", "frames", "judge", "light", "mark", "passes", "reweigh"),
    "udfs": ("classifier",),
}
"""By package, the modules that turn texts into scores, clusters, fates and texts again; beside all of `jobs.steps`."""


def recipe_hash(recipe: Recipe) -> str:
    """16 hexadecimal digits over the resolved steps, the rules' code and every model's and list's sha256.

    Checks are not part of it: they do not change a row. Raises UserError when a model or list is missing.
    """
    return _digest(
        {
            "text": recipe.text.model_dump(mode="json"),
            "steps": [describe(step) for step in recipe.steps],
            "resources": {name: sha for step in recipe.steps for name, sha in sorted(step.resources().items())},
            "code": code_digest(),
        }
    )


def setting(recipe: Recipe, number: int) -> str:
    """The hash under which the fingerprints of the deduplicate step at place `number` are kept.

    It covers the step's options as far as a fingerprint depends on them, all steps before it, their lists and models,
    the text and the code: same setting, same document, same fingerprint, in whatever recipe.
    """
    before, step = recipe.steps[:number], recipe.steps[number]
    return _digest(
        {
            "text": recipe.text.model_dump(mode="json"),
            "before": [describe(earlier) for earlier in before],
            "resources": {name: sha for earlier in before for name, sha in sorted(earlier.resources().items())},
            "step": {"kind": step.kind, "options": step.fingerprint_options()},
            "code": code_digest(),
        }
    )


def describe(step: Step) -> dict[str, Any]:
    """A step as plain values: its name, kind and resolved options."""
    return {"name": str(step), "kind": step.kind, "options": step.options()}


@cache
def code_digest() -> str:
    """The digest of the code that decides: the native sources, the steps, and the modules of DECIDING."""
    digest = hashlib.sha256()
    with zipfile.ZipFile(native_jar()) as jar:
        digest.update(jar.read(NATIVE_DIGEST))
    for entry in sorted(resources.files("decantry.jobs.steps").iterdir(), key=lambda each: each.name):
        if entry.name.endswith(".py"):
            digest.update(entry.name.encode() + b"\0" + entry.read_bytes())
    for package, modules in DECIDING.items():
        for module in modules:
            code = (resources.files(f"decantry.{package}") / f"{module}.py").read_bytes()
            digest.update(f"{package}.{module}".encode() + b"\0" + code)
    return digest.hexdigest()


def _digest(values: Any) -> str:
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]
