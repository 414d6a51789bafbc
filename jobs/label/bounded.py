"""What a stranger said, as it may be kept and shown."""

from __future__ import annotations

from decantry.jobs.process.secrets import redacted

MOST_DETAIL = 500
"""In characters."""


def bounded(told: str) -> str:
    """What a model or server said, without secrets, in at most MOST_DETAIL characters."""
    told = redacted(told).replace("\0", "")  # before it is cut: half a secret is one too
    return told if len(told) <= MOST_DETAIL else told[: MOST_DETAIL - 1] + "…"
