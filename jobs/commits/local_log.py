"""The newest commits of a Delta table in a local folder, from its log: Delta takes a Spark job to tell them."""

from __future__ import annotations

import json
import re
from pathlib import Path

from decantry.jobs.errors import InfrastructureError

_COMMIT = re.compile(r"\d{20}\.json")


def newest_commits(table: Path, count: int) -> list[tuple[int, str]]:
    """The versions of the table and their user metadata: `count` at most, the newest first.

    Source: the Delta protocol, "Delta Log Entries" and "Commit Provenance Information".
    """
    files = [file for file in (table / "_delta_log").iterdir() if _COMMIT.fullmatch(file.name)]
    newest = sorted(files, key=lambda file: file.name, reverse=True)[:count]
    return [(int(file.name[:20]), _user_metadata(file)) for file in newest]


def require_whole(table: Path) -> None:
    """Raise InfrastructureError where the table's newest commit is empty or cut short, as by a machine that failed.

    Delta takes an empty one for a commit that changed nothing: its rows would be gone without a word.
    """
    names = [file.name for file in (table / "_delta_log").glob("*.json") if _COMMIT.fullmatch(file.name)]
    if not names:
        return
    newest = table / "_delta_log" / max(names)
    try:
        last = newest.read_bytes().rstrip(b"\n").rpartition(b"\n")[2]
    except OSError as error:
        raise InfrastructureError(f"the table {table} cannot be read: {newest}: {error.strerror}") from None
    try:
        json.loads(last)
    except ValueError:
        raise InfrastructureError(
            f"the table {table} is damaged: its newest commit, {newest.name}, is empty or cut short; bring that file "
            "back from a copy of the lake, or read the archives into a new lake"
        ) from None


def _user_metadata(commit: Path) -> str:
    with commit.open(encoding="utf-8") as actions:
        for action in map(json.loads, actions):
            if "commitInfo" in action:
                return action["commitInfo"].get("userMetadata") or ""
    return ""
