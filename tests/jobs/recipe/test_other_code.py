"""Changes of code that change no hash: new comments, files and kinds of step."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from decantry.jobs.recipe.model import KINDS

ROOT = Path(__file__).resolve().parents[3]

TELL = """
import json
from decantry.jobs.ingest.options import ReadingOptions
from decantry.jobs.recipe.hash import recipe_hash, setting
from decantry.jobs.recipe.load import load, parse
from decantry.jobs.recipe.model import KINDS
from decantry.jobs.steps.c4 import C4

reading = ReadingOptions("resiliparse", "resiliparse 2", "/models/a.ftz", "0" * 64, "auto", None, False)
print(json.dumps({
    "kinds": sorted(KINDS),
    "about": C4.__doc__,
    "hashes": {name: recipe_hash(load(name)) for name in ("c4", "dedup", "fineweb", "gopher")},
    "setting": setting(load("fineweb"), 6),
    "ingest": reading.ingest_hash,
}))
"""

NEW_KIND = '''
"""A kind that lets everything pass."""
from typing import ClassVar
from decantry.jobs.steps.step import Step

class Nothing(Step):
    kind: ClassVar[str] = "nothing"
    VERSION: ClassVar[int] = 1
'''


def test_comments_docstrings_and_a_new_kind_change_no_hash(tmp_path: Path) -> None:
    before = hashes(ROOT / "build" / "pkg")
    copy = copied(tmp_path)
    for file in [*copy.rglob("*.py"), *copy.rglob("*.scala")]:
        file.write_text(file.read_text(encoding="utf-8") + f"{'//' if file.suffix == '.scala' else '#'} a comment\n")
    edit(copy / "jobs" / "steps" / "c4.py", '    """Drops lines', '    """Takes away lines')
    (copy / "jobs" / "steps" / "nothing.py").write_text(NEW_KIND)
    registry = copy / "jobs" / "recipe" / "model.py"
    edit(registry, "import Where\n", "import Where\nfrom decantry.jobs.steps.nothing import Nothing\n")
    edit(registry, "        Where,\n", "        Where,\n        Nothing,\n")
    after = hashes(tmp_path)
    assert after["kinds"] == sorted([*KINDS, "nothing"])
    assert after["about"].startswith("Takes away lines")
    assert {name: after[name] for name in ("hashes", "setting", "ingest")} == {
        name: before[name] for name in ("hashes", "setting", "ingest")
    }


def copied(to: Path) -> Path:
    """A copy of the package below `to`, without the native jars, which no hash looks into."""
    without = shutil.ignore_patterns("__pycache__", "jars")
    for room in ("jobs", "udfs", "schemas"):
        shutil.copytree(ROOT / room, to / "decantry" / room, ignore=without)
    return to / "decantry"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, (file.name, old)
    file.write_text(text.replace(old, new), encoding="utf-8")


def hashes(path: Path) -> dict[str, Any]:
    """What a process says whose package lies in the folder `path`."""
    environment = {**os.environ, "PYTHONPATH": str(path)}
    ended = subprocess.run([sys.executable, "-c", TELL], env=environment, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    found: dict[str, Any] = json.loads(ended.stdout)
    return found
