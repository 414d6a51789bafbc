"""The text of an HTML page: extractors by name, each a function from markup to text."""

from __future__ import annotations

from functools import cache
from importlib import metadata
from typing import Protocol

from decantry.udfs.page.complexity import is_costly, is_simple, tags_of, too_complex
from decantry.udfs.page.ruby import without_readings

EXTRACTORS = {"resiliparse": 2, "trafilatura": 1}
"""The extractors, each with its VERSION. Raise it if our code makes another text of the same markup with the same
release of the extractor. The VERSION is in the hashes of ingests and recipes, the release in `extractor_name`."""


class CannotExtract(Exception):
    """No text can be extracted from the page; `reason` is one of stage `extract`."""

    def __init__(self, reason: str, detail: str) -> None:
        """`detail` is one line."""
        super().__init__(detail)
        self.reason, self.detail = reason, detail


class Extract(Protocol):
    """From a page's markup to its text; `utf8` is the markup in UTF-8, where that is at hand. Raises CannotExtract."""

    def __call__(self, html: str, utf8: bytes | None = None, /) -> str:
        """The text."""


@cache
def extractor_name(extractor: str) -> str:
    """The extractor's name and version. Raises ValueError if it is not known or not installed."""
    if extractor not in EXTRACTORS:
        raise ValueError(f"the extractor {extractor} is not known: use {' or '.join(EXTRACTORS)}")
    try:
        return f"{extractor}-{metadata.version(extractor)}"
    except metadata.PackageNotFoundError:
        raise ValueError(
            f"the extractor {extractor} is not installed: install decantry[{extractor}], that is {extractor}"
        ) from None


def extract_function(extractor: str) -> Extract:
    """The extractor with this name. Raises ValueError as extractor_name does."""
    extractor_name(extractor)
    return with_resiliparse if extractor == "resiliparse" else with_trafilatura


def _many_tags(html: str, utf8: bytes | None) -> int:
    """How many tags the page has; 0 for a simple page. Raises CannotExtract if it should not be parsed."""
    if is_simple(html.encode("utf-8", "replace") if utf8 is None else utf8):
        return 0
    tags = tags_of(html)
    detail = too_complex(html, tags)
    if detail is not None:
        raise CannotExtract("too_complex", detail)
    return tags


def with_resiliparse(html: str, utf8: bytes | None = None) -> str:
    """The main content as plain text, or all of the page's text if finding the main content would take too long."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tags = _many_tags(html, utf8)
    html = without_readings(html)
    try:
        tree = HTMLTree.parse(html)
        return str(extract_plain_text(tree, main_content=not (tags and is_costly(html, tags, tree))))
    except MemoryError:
        raise  # the process is at its end, and tells so
    except Exception as error:
        raise CannotExtract("extractor_failed", f"{type(error).__name__}: {error}"[:300]) from None


def with_trafilatura(html: str, utf8: bytes | None = None) -> str:
    """The main text, with datatrove 0.10.1's options, which favour precision (pipeline/extractors/trafilatura.py).

    trafilatura remembers segments in order to drop repeated ones. Its memory is emptied before each page, so a page's
    text does not depend on other pages.
    """
    import trafilatura
    from trafilatura.meta import reset_caches

    _many_tags(html, utf8)
    reset_caches()
    try:
        text = trafilatura.extract(html, favor_precision=True, include_comments=False, deduplicate=True)
    except MemoryError:
        raise  # the process is at its end, and tells so
    except Exception as error:
        raise CannotExtract("extractor_failed", f"{type(error).__name__}: {error}"[:300]) from None
    return text or ""
