"""pytest over a copy, and what its report says."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

SECONDS = 300
"""A test that takes longer than this has neither passed nor failed."""
NO_FAILURE_OF_A_TEST = ("ImportError", "ModuleNotFoundError", "SyntaxError", "NameError")
"""What a wrong must not show itself by: then nothing was tried."""


@dataclass(frozen=True)
class Report:
    """The tests that passed and those that failed, each with the line that tells why; `error` where none were tried."""

    passed: frozenset[str]
    failed: dict[str, str]
    error: str | None = None


def tried(copy: Path, tests: Sequence[str], *options: str, seconds: float = SECONDS) -> Report:
    """How the tests end in the copy; all of the suite where none are named."""
    found = copy / "report.xml"
    found.unlink(missing_ok=True)
    words = ["pytest", "-p", "no:cacheprovider", "--junitxml", str(found), *options, *tests]
    # files change within a second: Python would take what it compiled before for current
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
        # less its parameters, and the group that it shares a process with
        name = case.get("name", "").partition("[")[0].partition("@")[0]
        test = f"{case.get('classname', '').replace('.', '/')}.py::{name}"
        for what in (*case.findall("failure"), *case.findall("error")):
            failed[test] = " ".join((what.get("message") or "").split())
        if len(case) == 0:
            passed.add(test)
    return Report(frozenset(passed), failed)
