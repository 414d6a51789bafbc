"""Runs pytest in a copy and reads its report."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

SECONDS = 300
"""Seconds. A test that takes longer has neither passed nor failed."""
NO_FAILURE_OF_A_TEST = ("ImportError", "ModuleNotFoundError", "SyntaxError", "NameError")
"""Errors that do not count as caught, because no test ran."""


@dataclass(frozen=True)
class Report:
    """The passed tests, and the failed ones with the line that says why. `error` is set if no test ran."""

    passed: frozenset[str]
    failed: dict[str, str]
    error: str | None = None


def tried(copy: Path, tests: Sequence[str], *options: str, seconds: float = SECONDS) -> Report:
    """Run the tests in the copy, or the whole suite if none are named, and return their results."""
    found = copy / "report.xml"
    found.unlink(missing_ok=True)
    words = ["pytest", "-p", "no:cacheprovider", "--junitxml", str(found), *options, *tests]
    # files change within a second, so Python would use outdated bytecode
    there = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "MAKEFLAGS")}
    environment = {**there, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        ended = subprocess.run(
            [sys.executable, "-m", *words], cwd=copy, env=environment, capture_output=True, text=True, timeout=seconds
        )
    except subprocess.TimeoutExpired:
        return Report(frozenset(), {}, f"it took more than {seconds:g} s")
    if ended.returncode not in (0, 1) or not found.is_file():
        last = (ended.stdout + ended.stderr).strip().splitlines()[-1:]
        return Report(frozenset(), {}, f"pytest ended with {ended.returncode}: {''.join(last)}")
    return _read(found)


def _read(report: Path) -> Report:
    passed, failed = set(), {}
    for case in ElementTree.parse(report).iter("testcase"):
        # without its parameters and its group
        name = case.get("name", "").partition("[")[0].partition("@")[0]
        test = f"{case.get('classname', '').replace('.', '/')}.py::{name}"
        for what in (*case.findall("failure"), *case.findall("error")):
            failed[test] = " ".join((what.get("message") or "").split())
        if len(case) == 0:
            passed.add(test)
    return Report(frozenset(passed), failed)
