"""docs/reliability.md names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`(?:[\w/.]+::)?(test_\w+)(\.py|\.\.\.)?`")
"""A test, the beginning of a test's name, or a file of tests."""


def test_every_test_that_the_page_names_exists() -> None:
    files = [file for file in (ROOT / "tests").rglob("*.py") if not file.is_symlink()]
    tests = {name for file in files for name in re.findall(r"^def (test_\w+)", file.read_text(), re.M)}
    modules = {file.stem for file in files}
    named = NAMED.findall((ROOT / "docs" / "reliability.md").read_text())
    assert len(named) > 50
    for name, end in named:
        known = modules if end == ".py" else tests
        assert name in known or (end == "..." and any(test.startswith(name) for test in tests)), name
