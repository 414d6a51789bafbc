"""The newest commits of a Delta table in a local folder, from its log: Delta takes a Spark job to tell them."""

from __future__ import annotations

import json
import re
from pathlib import Path

_COMMIT = re.compile(r"\d{20}\.json")


def newest_commits(table: Path, count: int) -> list[tuple[int, str]]:
    """The versions of the table and their user metadata: `count` at most, the newest first.

    Source: the Delta protocol, "Delta Log Entries" and "Commit Provenance Information".
    """
    files = [file for file in (table / "_delta_log").iterdir() if _COMMIT.fullmatch(file.name)]
    newest = sorted(files, key=lambda file: file.name, reverse=True)[:count]
    return [(int(file.name[:20]), _user_metadata(file)) for file in newest]


def _user_metadata(commit: Path) -> str:
    with commit.open(encoding="utf-8") as actions:
        for action in map(json.loads, actions):
            if "commitInfo" in action:
                return action["commitInfo"].get("userMetadata") or ""
    return ""
