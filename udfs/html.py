"""The text of an HTML page: extractors by name, each a function from markup to text."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import metadata

from decantry.udfs.complexity import is_costly, tags_of, too_complex

EXTRACTORS = ("resiliparse", "trafilatura")


class CannotExtract(Exception):
    """The page yields no text; `reason` is one of stage `extract`."""

    def __init__(self, reason: str, detail: str) -> None:
        """`detail` is one line."""
        super().__init__(detail)
        self.reason, self.detail = reason, detail


Extract = Callable[[str], str]


@cache
def extractor_name(extractor: str) -> str:
    """The extractor's name and version. Raises ValueError for one that is not known, or is not installed."""
    if extractor not in EXTRACTORS:
        raise ValueError(f"the extractor {extractor} is not known: use {' or '.join(EXTRACTORS)}")
    try:
        return f"{extractor}-{metadata.version(extractor)}"
    except metadata.PackageNotFoundError:
        raise ValueError(
            f"the extractor {extractor} is not installed: install decantry[{extractor}], that is {extractor}"
        ) from None


def extract_function(extractor: str) -> Extract:
    """The function from a page's markup to its text; it raises CannotExtract. Raises ValueError as extractor_name."""
    extractor_name(extractor)
    return with_resiliparse if extractor == "resiliparse" else with_trafilatura


def _tags(html: str) -> int:
    """How many tags the page has. Raises CannotExtract where it should not be parsed."""
    tags = tags_of(html)
    detail = too_complex(html, tags)
    if detail is not None:
        raise CannotExtract("too_complex", detail)
    return tags


def with_resiliparse(html: str) -> str:
    """The main content in plain text; all of the page's text where finding the main content would take too long."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tags = _tags(html)
    try:
        tree = HTMLTree.parse(html)
        return str(extract_plain_text(tree, main_content=not is_costly(html, tags, tree)))
    except MemoryError:
        raise  # the process is at its end, and tells so
    except Exception as error:
        raise CannotExtract("extractor_failed", f"{type(error).__name__}: {error}"[:300]) from None


def with_trafilatura(html: str) -> str:
    """The main text, precision before recall, as datatrove 0.10.1 calls it (pipeline/extractors/trafilatura.py).

    trafilatura remembers the segments it has seen to drop repeated ones; its memory is emptied for each page, so that
    a page's text does not depend on its neighbours.
    """
    import trafilatura
    from trafilatura.meta import reset_caches

    _tags(html)
    reset_caches()
    try:
        text = trafilatura.extract(html, favor_precision=True, include_comments=False, deduplicate=True)
    except MemoryError:
        raise  # the process is at its end, and tells so
    except Exception as error:
        raise CannotExtract("extractor_failed", f"{type(error).__name__}: {error}"[:300]) from None
    return text or ""
