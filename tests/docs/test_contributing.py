"""Applies the diffs of CONTRIBUTING.md, "What an addition costs", to a copy of the code, and uses what they add."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECTION = (
    (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("## What an addition costs\n")[1].split("\n## ")[0]
)
DIFFS = dict(re.findall(r"^\*\*(A.*?)\*\*.*?^```diff\n(.*?)^```", SECTION, re.M | re.S))
USE = """
import json
from pathlib import Path
from decantry.jobs.ingest.formats import beginning, format_of
from decantry.jobs.ingest.options import IngestOptions, resolve
from decantry.jobs.ingest.plan import Part
from decantry.jobs.ingest.texts import ROWS
from decantry.jobs.recipe.hash import recipe_hash
from decantry.jobs.recipe.load import parse
from decantry.jobs.sources.expand import expand
from decantry.jobs.sources.source import inspect
from decantry.schemas.catalogue import TABLES
from decantry.schemas.page import page

steps = "steps:\\n  - fineweb_quality: {min_lines: 5}\\n"
recipe = parse("recipe: mine\\ntext: {extractor: boilerpy3}\\n" + steps, "mine.yaml")
Path("rows.csv").write_text('id,text\\n1,"Two\\nlines"\\n2,One\\n')
part = Part(inspect(expand(["rows.csv"])[0]))
kind = format_of(part, beginning(part), "auto")
print(json.dumps({
    "rules": [f"{rule.name}: {rule}" for rule in recipe.steps[0].rules()][-1:],
    "hash": len(recipe_hash(recipe)) > 0,
    "kind": kind,
    "rows": list(ROWS[kind](part, resolve(IngestOptions()))),
    "table": TABLES["silver/reviews"].column_names,
    "page": "## silver/reviews\\n\\nWhat a person said of a document." in page(),
}))
"""


def test_each_kind_of_addition_has_its_diff() -> None:
    kinds = ["rule on an existing measurement", "measurement", "extractor", "format of rows", "table"]
    assert [name.removeprefix("An ").removeprefix("A ") for name in DIFFS] == kinds
    changed = {path for diff in DIFFS.values() for path in re.findall(r"^--- a/(.*)$", diff, re.M)}
    assert {path for path in changed if not (ROOT / path).is_file()} == set()
    assert len(re.findall(r"^\+\+\+ ", DIFFS["A rule on an existing measurement"] + DIFFS["A table"], re.M)) == 2


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The code after all diffs except that of Scala."""
    for room in ("jobs", "udfs", "schemas"):
        skipped = shutil.ignore_patterns("__pycache__", "src", "jars", "web")
        shutil.copytree(ROOT / room, tmp_path / "decantry" / room, ignore=skipped)
    diffs = "".join(diff for name, diff in DIFFS.items() if name != "A measurement")
    alone = os.environ | {"GIT_CEILING_DIRECTORIES": str(tmp_path)}
    applied = subprocess.run(
        ["git", "apply", "--verbose", "-"],
        cwd=tmp_path / "decantry",
        input=diffs,
        text=True,
        capture_output=True,
        env=alone,
    )
    assert applied.returncode == 0, f"a diff of CONTRIBUTING.md is out of date: {applied.stderr}"
    return tmp_path


def test_additions_are_known_everywhere(copy: Path) -> None:
    used = subprocess.run(
        [sys.executable, "-c", USE],
        cwd=copy,
        env=os.environ | {"PYTHONPATH": str(copy)},
        text=True,
        capture_output=True,
    )
    assert used.returncode == 0, used.stderr
    assert json.loads(used.stdout) == {
        "rules": ["few_lines: lines < 5"],
        "hash": True,
        "kind": "csv",
        "rows": [[0, {"id": "1", "text": "Two\nlines"}], [1, {"id": "2", "text": "One"}]],
        "table": ["id", "reviewer", "good"],
        "page": True,
    }
