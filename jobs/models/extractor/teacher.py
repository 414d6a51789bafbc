"""The teacher: trafilatura's text of a page."""

from __future__ import annotations

from collections.abc import Callable
from importlib import util

from decantry.jobs.process.errors import UserError
from decantry.udfs.page.complexity import tags_of, too_complex

LONGEST = 2_000_000
"""Pages with more characters of markup have no teacher's text, because it would take seconds."""


def trafilatura() -> Callable[[str], str | None]:
    """The teacher. Raises UserError if trafilatura is not installed.

    It returns None for a page that is too complex, on which it fails, or on which it finds nothing.
    """
    if util.find_spec("trafilatura") is None:
        raise UserError("trafilatura is not installed: pip install 'decantry[trafilatura]'")
    return _answer


def _answer(html: str) -> str | None:
    import trafilatura
    from trafilatura.meta import reset_caches

    if len(html) > LONGEST or too_complex(html, tags_of(html)) is not None:
        return None
    reset_caches()
    try:
        text: str | None = trafilatura.extract(html, include_comments=False)
    except MemoryError:
        raise
    except Exception:
        return None
    return text or None
