"""The slow teacher: what trafilatura takes for a page's content."""

from __future__ import annotations

from collections.abc import Callable
from importlib import util

from decantry.jobs.process.errors import UserError
from decantry.udfs.page.complexity import tags_of, too_complex

LONGEST = 2_000_000
"""Characters of markup beyond which the teacher is not asked: it would take seconds."""


def trafilatura() -> Callable[[str], str | None]:
    """The teacher. Raises UserError where it is not installed.

    Its answer is null for a page that it fails on, that is too complex, or that it finds nothing on.
    """
    if util.find_spec("trafilatura") is None:
        raise UserError("the teacher is not installed: pip install 'decantry[trafilatura]'")
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
