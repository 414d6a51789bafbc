"""What an extractor is: a function from a page's markup to its text."""

from __future__ import annotations

from typing import Protocol

from decantry.udfs.page.complexity import is_simple, tags_of, too_complex


class CannotExtract(Exception):
    """The page yields no text; `reason` is one of stage `extract`."""

    def __init__(self, reason: str, detail: str) -> None:
        """`detail` is one line."""
        super().__init__(detail)
        self.reason, self.detail = reason, detail


class Extract(Protocol):
    """From a page's markup to its text; `utf8` is the markup in UTF-8, where that is at hand. Raises CannotExtract."""

    def __call__(self, html: str, utf8: bytes | None = None, /) -> str:
        """The text."""


def many_tags(html: str, utf8: bytes | None) -> int:
    """How many tags the page has; 0 for a page that is simple. Raises CannotExtract where it should not be parsed."""
    if is_simple(html.encode("utf-8", "replace") if utf8 is None else utf8):
        return 0
    tags = tags_of(html)
    detail = too_complex(html, tags)
    if detail is not None:
        raise CannotExtract("too_complex", detail)
    return tags
