"""Every variable that the code looks at is in docs/environment.md, and no other."""

from __future__ import annotations

import re
from pathlib import Path

from decantry.jobs.s3a import PASSED_ON

ROOT = Path(__file__).resolve().parents[2]
NAME = re.compile(r"DECANTRY_[A-Z0-9_]+")


def test_the_variables_are_those_of_the_code() -> None:
    code = {name for path in (ROOT / "jobs").rglob("*.py") for name in NAME.findall(path.read_text(encoding="utf-8"))}
    table, _, told = (ROOT / "docs" / "environment.md").read_text(encoding="utf-8").partition("AWS's own")
    assert set(re.findall(rf"^\| `({NAME.pattern})`", table, re.M)) == code
    passed_on = {name for name in PASSED_ON if name.startswith("DECANTRY_")}
    assert passed_on == set(NAME.findall(told.partition("; the others")[0]))
