"""The type of extractors: functions from a page's markup to its text."""

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
    """A function from a page's markup to its text. `utf8` is the markup in UTF-8, if the caller has it. Raises
    CannotExtract.
    """

    def __call__(self, html: str, utf8: bytes | None = None, /) -> str | bytes:
        """The text. Bytes are valid UTF-8 without NUL."""


def many_tags(html: str, utf8: bytes | None) -> int:
    """The number of tags in the page; 0 if the page is simple. Raises CannotExtract if it must not be parsed."""
    if is_simple(html.encode("utf-8", "replace") if utf8 is None else utf8):
        return 0
    tags = tags_of(html)
    detail = too_complex(html, tags)
    if detail is not None:
        raise CannotExtract("too_complex", detail)
    return tags
