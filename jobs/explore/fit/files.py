"""Writes the files of `decantry fit`: a configuration for each language, a recipe that reads them, and the page."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.load import parse, source

if TYPE_CHECKING:
    from decantry.jobs.explore.fit.fitted import Fitted
    from decantry.jobs.explore.fit.job import Outcome
    from decantry.jobs.recipe.model import Recipe

CONFIGURATIONS, RECIPE, PAGE = "configurations", "recipe.yaml", "fit.html"
BASE = "fineweb2"
"""The recipe whose steps the fitted recipe has."""
_OWN = re.compile(r"by_language: [^,}\n]+")


def require_free(folder: Path) -> None:
    """Raise UserError unless the folder is missing or empty, so that configurations of two fits are not mixed."""
    if folder.is_file():
        raise UserError(f"--to is {folder}, which is a file: name a folder")
    if folder.is_dir() and any(folder.iterdir()):
        raise UserError(f"--to is {folder}, which has files: name a new folder")


def write(outcome: Outcome, folder: Path, name: str, page: str) -> Recipe:
    """Write all files, and return the recipe as read back. Raises UserError if a file cannot be written."""
    place = folder / CONFIGURATIONS
    try:
        place.mkdir(parents=True, exist_ok=True)
        for each in outcome.fitted:
            (place / f"{each.language}.yml").write_text(as_yaml(each), encoding="utf-8")
        text = recipe(name, place.resolve())
        (folder / RECIPE).write_text(text, encoding="utf-8")
        (folder / PAGE).write_text(page, encoding="utf-8")
    except OSError as error:
        raise UserError(f"--to is {folder}, which cannot be written: {error.strerror}") from None
    return parse(text, str(folder / RECIPE))


def as_yaml(fitted: Fitted) -> str:
    """The configuration as YAML, in the form that FineWeb2 published."""
    content = fitted.configuration().model_dump(mode="json")
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=True)


def recipe(name: str, configurations: Path) -> str:
    """FineWeb2's recipe with these configurations, as YAML."""
    quoted = yaml.safe_dump(str(configurations), width=1 << 20, default_style="'").strip()
    lines = [line for line in source(BASE).splitlines(keepends=True) if not line.startswith("#")]
    text = _OWN.sub(lambda _: f"by_language: {quoted}", "".join(lines))
    text = re.sub(rf"(?m)^recipe: {BASE}$", f"recipe: {name}", text)
    text = re.sub(r"(?m)^title: .*$", "title: FineWeb2's steps with thresholds fitted to a lake", text)
    return f"# Made by `decantry fit`. The thresholds are in the folder that by_language names.\n{text}"
