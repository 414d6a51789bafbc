"""Makes text from a model or server safe to keep and to show."""

from __future__ import annotations

from decantry.jobs.process.secrets import known, redacted

MOST_DETAIL = 500
"""The most characters that are kept."""


def bounded(text: str) -> str:
    """The text without secrets, in at most MOST_DETAIL characters."""
    for secret in known():  # before it is cut, because half a secret is not recognised
        text = text.replace(secret, "***")
    text = redacted(text[: 4 * MOST_DETAIL]).replace("\0", "")
    return text if len(text) <= MOST_DETAIL else text[: MOST_DETAIL - 1] + "…"
