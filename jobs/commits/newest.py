"""The newest commits of a table: their versions, and what was said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decantry.jobs.lake import Lake


def newest_commits(lake: Lake, table: str, count: int) -> list[tuple[int, str]]:
    """The versions of the table, which is there, and their user metadata: `count` at most, the newest first."""
    rows = lake.delta(table).history(count).select("version", "userMetadata").collect()
    return [(int(row["version"]), row["userMetadata"] or "") for row in rows]
