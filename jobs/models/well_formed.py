"""Text that every library takes."""

from __future__ import annotations


def well_formed(text: str) -> str:
    """The text with `?` for each half of a surrogate pair that stands alone, which JSON may hold and UTF-8 may not."""
    return text.encode("utf-8", "replace").decode("utf-8")
