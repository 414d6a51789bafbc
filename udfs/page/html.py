"""The text of an HTML page: extractors by name, each a function from markup to text."""

from __future__ import annotations

from importlib import metadata

from decantry.udfs.page.complexity import is_costly
from decantry.udfs.page.extractor import CannotExtract, Extract, many_tags
from decantry.udfs.page.ruby import without_readings
from decantry.udfs.page.with_justext import with_justext


def with_resiliparse(html: str, utf8: bytes | None = None) -> str:
    """The main content as plain text, or all of the page's text if finding the main content would take too long."""
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tags = many_tags(html, utf8)
    html = without_readings(html)
    try:
        tree = HTMLTree.parse(html)
        return str(extract_plain_text(tree, main_content=not (tags and is_costly(html, tags, tree))))
    except MemoryError:
        raise  # the child process ends, and its parent rejects the page
    except Exception as error:
        raise CannotExtract("extractor_failed", f"{type(error).__name__}: {error}"[:300]) from None


def with_trafilatura(html: str, utf8: bytes | None = None) -> str:
    """The main text, with datatrove 0.10.1's options, which favour precision (pipeline/extractors/trafilatura.py).

    trafilatura remembers segments in order to drop repeated ones. Its memory is emptied before each page, so a page's
    text does not depend on other pages.
    """
    import trafilatura
    from trafilatura.meta import reset_caches

    many_tags(html, utf8)
    reset_caches()
    try:
        text = trafilatura.extract(html, favor_precision=True, include_comments=False, deduplicate=True)
    except MemoryError:
        raise  # the child process ends, and its parent rejects the page
    except Exception as error:
        raise CannotExtract("extractor_failed", f"{type(error).__name__}: {error}"[:300]) from None
    return text or ""


def markup_itself(html: str, utf8: bytes | None = None) -> str | bytes:
    """The markup itself, in UTF-8 if it is there: native extractors run later, in the JVM."""
    return html if utf8 is None else utf8


FUNCTIONS: dict[str, Extract] = {
    "resiliparse": with_resiliparse,
    "trafilatura": with_trafilatura,
    "decantry": markup_itself,
    "justext": with_justext,
}
"""The extractors, by the name of their package."""
EXTRACTORS = {"resiliparse": 2, "trafilatura": 1, "decantry": 2, "justext": 1}
"""The VERSION of each extractor. Raise it when our code extracts a different text with the same release of the package.
It is part of the hashes of ingests and recipes; the release is part of `extractor_name`."""

NATIVE = ("decantry",)
"""Extractors that are native functions. They run in the JVM (jobs/ingest/native_text.py)."""


def extractor_name(extractor: str) -> str:
    """The extractor's name and version. Raises ValueError if it is not known or not installed."""
    if extractor not in EXTRACTORS:
        raise ValueError(f"the extractor {extractor} is not known: use {' or '.join(EXTRACTORS)}")
    if extractor in NATIVE:
        return f"{extractor}-{EXTRACTORS[extractor]}"
    try:
        return f"{extractor}-{metadata.version(extractor)}"
    except metadata.PackageNotFoundError:
        raise ValueError(
            f"the extractor {extractor} is not installed: install decantry[{extractor}], that is {extractor}"
        ) from None


def extract_function(extractor: str) -> Extract:
    """The extractor with this name. Raises ValueError as `extractor_name` does."""
    extractor_name(extractor)
    return FUNCTIONS[extractor]
