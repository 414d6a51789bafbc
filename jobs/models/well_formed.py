"""Makes text valid UTF-8."""

from __future__ import annotations


def well_formed(text: str) -> str:
    """The text with `?` for each lone surrogate, which JSON may contain but UTF-8 may not."""
    return text.encode("utf-8", "replace").decode("utf-8")
