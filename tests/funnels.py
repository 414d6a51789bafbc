"""Runs recipes over the sample and counts what each step removes: `python -m tests.funnels` writes the counts for the
docs site."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

from decantry.jobs.sample import build
from infra.site.funnels import FILE
from tests.command import decantry

RECIPES = ("fineweb",)
"""The recipes that are counted. Any recipe may be added that needs no model and no extractor beyond those of `make
demo`."""


def counted(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """The steps of each recipe, in order: `step, seen, removed, rules`, from a lake that is made in the folder."""
    lake, sample = str(folder / "lake"), folder / "sample"
    build(sample)
    for name in RECIPES:
        answer = decantry("run", name, "--input", str(sample), "--lake", lake, "--quiet")
        assert answer.code == 0, answer.err
    ask = "select recipe, step, seen, removed, rules from funnel order by recipe, place"
    answer = decantry("sql", ask, "--lake", lake, "--output", "json")
    assert answer.code == 0, answer.err
    made: dict[str, list[dict[str, Any]]] = {}
    for row in json.loads(answer.out):
        made.setdefault(row.pop("recipe"), []).append(row)
    return made


def shown(made: dict[str, list[dict[str, Any]]]) -> str:
    """The file's text, with one step on each line."""
    steps = {name: ",\n  ".join(json.dumps(row, sort_keys=True) for row in rows) for name, rows in made.items()}
    return "{\n" + ",\n".join(f' "{name}": [\n  {rows}\n ]' for name, rows in steps.items()) + "\n}\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        FILE.write_text(shown(counted(Path(folder))), encoding="utf-8")
