"""The log of a Delta table in a local folder, read without Delta."""

from __future__ import annotations

import json
import re
from pathlib import Path

from decantry.jobs.process.errors import InfrastructureError

_COMMIT = re.compile(r"\d{20}\.json")


def newest_version(table: Path) -> int | None:
    """The table's newest version; None if it has no commit. Source: the Delta protocol, "Delta Log Entries"."""
    names = _names(table)
    return int(max(names)[:20]) if names else None


def require_whole(table: Path) -> None:
    """Raise InfrastructureError if the table's newest commit is empty or cut short, for example by a power failure.

    Delta treats an empty file as a commit that changed nothing, so its rows would be lost silently.
    """
    names = _names(table)
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


def _names(table: Path) -> list[str]:
    return [file.name for file in (table / "_delta_log").glob("*.json") if _COMMIT.fullmatch(file.name)]
