"""docs/environment.md lists exactly the variables that the code reads."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_the_table_names_the_variables_that_are_read() -> None:
    page = (ROOT / "docs" / "environment.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(DECANTRY_\w+)` \|", page, flags=re.MULTILINE)
    files = [path for room in ("jobs", "infra") for path in (ROOT / room).rglob("*") if path.suffix in (".py", ".sh")]
    read = {
        name
        for path in files
        for name in re.findall(r"DECANTRY_[A-Z0-9_]*[A-Z0-9](?![A-Z0-9_])", path.read_text(encoding="utf-8"))
    }
    assert rows == sorted(read)
