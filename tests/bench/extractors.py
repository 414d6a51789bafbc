"""The compared extractors. Each is a function from pages' markup to their texts, plain and in Markdown."""

from __future__ import annotations

import base64
import json
import subprocess
import time
from collections.abc import Callable, Sequence
from importlib import util
from typing import NamedTuple

from decantry.jobs.lake.jars import native_jar
from decantry.jobs.process.java import java_command
from decantry.jobs.setup.ivy import pyspark_jars

OURS = "org.decantry.page.DumpTexts"
"""The program that reads lines with `url` and `html` in base64, and writes lines with `text` and `markdown`."""
STOPLISTS = {
    "en": "English", "de": "German", "fr": "French", "es": "Spanish", "pl": "Polish", "it": "Italian", "nl": "Dutch",
    "pt": "Portuguese", "ru": "Russian", "cs": "Czech", "sv": "Swedish", "hu": "Hungarian", "ro": "Romanian",
    "tr": "Turkish", "fi": "Finnish", "da": "Danish", "el": "Greek", "bg": "Bulgarian", "uk": "Ukrainian",
}  # fmt: skip
"""jusText's lists of frequent words by language. Pages in other languages are read without a list."""


class Made(NamedTuple):
    """The texts of the pages in order, and the seconds that the extraction took."""

    texts: list[str]
    seconds: float


class Page(NamedTuple):
    """A page's markup, and the language of its text."""

    html: str
    language: str | None = None


def peers() -> dict[str, Callable[[Sequence[Page]], Made]]:
    """The installed extractors of other projects for plain text."""
    found: dict[str, Callable[[Sequence[Page]], Made]] = {"resiliparse": _each(_resiliparse)}
    if util.find_spec("trafilatura"):
        found["trafilatura, standard"] = _each(_trafilatura)
        found["trafilatura, fast"] = _each(_trafilatura_fast)
    if util.find_spec("justext"):
        found["jusText"] = _each(_justext)
    return found


def extractors() -> dict[str, Callable[[Sequence[Page]], Made]]:
    """The available extractors for plain text."""
    return peers() | ({"decantry": lambda pages: ours(pages, "text")} if ours_is_there() else {})


def for_structure() -> dict[str, Callable[[Sequence[Page]], Made]]:
    """The available extractors for Markdown. An extractor without Markdown gives its plain text."""
    found: dict[str, Callable[[Sequence[Page]], Made]] = {"resiliparse": _each(_resiliparse)}
    if util.find_spec("trafilatura"):
        found["trafilatura, Markdown"] = _each(_trafilatura_markdown)
    if ours_is_there():
        found["decantry"] = lambda pages: ours(pages, "markdown")
    return found


def ours_is_there() -> bool:
    """Whether the native jar contains our extractor."""
    import zipfile

    with zipfile.ZipFile(native_jar()) as jar:
        return f"{OURS.replace('.', '/')}.class" in jar.namelist()


def ours(pages: Sequence[Page], form: str, model: str | None = None) -> Made:
    """Our extractor's texts of the pages, made in a separate process. The seconds are those of the whole process.

    `model` is a file of trees, to use instead of those in the jar.
    """
    command = [java_command(), "-Xmx1g", "-cp", f"{native_jar()}:{pyspark_jars()}/*", OURS]
    command += [model] if model else []
    lines = (json.dumps({"url": "", "html": base64.b64encode(page.html.encode()).decode()}) for page in pages)
    began = time.perf_counter()
    answer = subprocess.run(command, input="\n".join(lines).encode(), stdout=subprocess.PIPE, check=True)
    seconds = time.perf_counter() - began
    return Made([json.loads(line)[form] or "" for line in answer.stdout.decode().split("\n") if line], seconds)


def _each(extract: Callable[[Page], str | None]) -> Callable[[Sequence[Page]], Made]:
    def all_of(pages: Sequence[Page]) -> Made:
        began = time.perf_counter()
        return Made([extract(page) or "" for page in pages], time.perf_counter() - began)

    return all_of


def _resiliparse(page: Page) -> str:
    from resiliparse.extract.html2text import extract_plain_text

    return str(extract_plain_text(page.html, main_content=True))


def _trafilatura(page: Page) -> str | None:
    import trafilatura

    return trafilatura.extract(page.html, include_comments=False)


def _trafilatura_fast(page: Page) -> str | None:
    import trafilatura

    return trafilatura.extract(page.html, include_comments=False, fast=True)


def _trafilatura_markdown(page: Page) -> str | None:
    import trafilatura

    return trafilatura.extract(page.html, include_comments=False, output_format="markdown", include_tables=True)


def _justext(page: Page) -> str:
    import justext

    language = STOPLISTS.get(page.language or "")
    words = justext.get_stoplist(language) if language else frozenset()
    options = {} if language else {"stopwords_low": 0, "stopwords_high": 0}
    try:
        paragraphs = justext.justext(page.html, words, **options)
    except Exception:  # it lets the errors of its parser through
        return ""
    return "\n".join(paragraph.text for paragraph in paragraphs if not paragraph.is_boilerplate)
