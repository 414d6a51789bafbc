"""The lock file pins every package by digest and names no host; what pyproject asks for is in it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_every_package_is_pinned_by_digest() -> None:
    entries = re.split(r"\n(?=[a-z0-9])", LOCK)
    packages = [entry for entry in entries if not entry.startswith("#")]
    assert len(packages) > 100
    assert all(re.match(r"[a-z0-9_.-]+(\[[a-z,]+\])?==\S+", entry) and "--hash=sha256:" in entry for entry in packages)


def test_it_names_no_host() -> None:
    assert "://" not in LOCK


def test_everything_that_the_project_asks_for_is_in_it() -> None:
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    asked = re.findall(r'^\s+"([A-Za-z0-9_.-]+)(?:\[[a-z]+\])?(?:[=<>!,.0-9]*)",$', project, flags=re.MULTILINE)
    pinned = {name.lower().replace("_", "-") for name in re.findall(r"^([a-z0-9_.-]+)==", LOCK, flags=re.MULTILINE)}
    wanted = {name.lower().replace("_", "-") for name in asked if not name.startswith("decantry")}
    assert len(wanted) > 25
    assert wanted <= pinned
