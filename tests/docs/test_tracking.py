"""docs/tracking.md names the commands that are tracked."""

from __future__ import annotations

import re

from tests.conftest import ROOT


def test_the_commands_that_are_tracked_are_named() -> None:
    commands = {path.stem: path.read_text(encoding="utf-8") for path in (ROOT / "jobs" / "cli").glob("*.py")}
    tracked = {name for name, code in commands.items() if re.search(r"(?<!def )\btracked\(", code)}
    (named,) = re.findall(r"^(`.*?) are tracked\.", (ROOT / "docs" / "tracking.md").read_text(encoding="utf-8"), re.M)
    assert set(re.findall(r"`(\w+)`", named)) == tracked
