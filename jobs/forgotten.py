"""What the lake was asked to forget, as runs that write look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.jobs.errors import InfrastructureError

if TYPE_CHECKING:
    from decantry.jobs.lake import Lake


def forgotten_keys(lake: Lake) -> set[str]:
    """All that the lake was asked to forget."""
    return {f"{row['kind']}:{row['value']}" for row in lake.rows("ops/forgotten", columns=["kind", "value"])}


def require_nothing_forgotten(lake: Lake, before: set[str]) -> None:
    """Raise InfrastructureError where the lake was asked to forget more than `before`.

    A `forget` writes the request first and looks at the tables then. A run that publishes writes first and looks here
    then. So one of the two always sees the other.
    """
    if forgotten_keys(lake) - before:
        raise InfrastructureError(
            "pages were forgotten while this run judged them: nothing was published; run it again"
        )
