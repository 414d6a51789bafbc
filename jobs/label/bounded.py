"""What a stranger said, as it may be kept and shown."""

from __future__ import annotations

from decantry.jobs.process.secrets import known, redacted

MOST_DETAIL = 500
"""In characters."""


def bounded(told: str) -> str:
    """What a model or server said, without secrets, in at most MOST_DETAIL characters."""
    for secret in known():  # before it is cut: half a secret is one too
        told = told.replace(secret, "***")
    told = redacted(told[: 4 * MOST_DETAIL]).replace("\0", "")
    return told if len(told) <= MOST_DETAIL else told[: MOST_DETAIL - 1] + "…"
