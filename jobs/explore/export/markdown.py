"""Escapes text for Markdown, so that text from pages cannot add markup."""

from __future__ import annotations

import re

from decantry.jobs.explore.report.shown import visible

_ACTING = re.compile(r"([\\`*\[\]#|~$:@]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<=www)\.)", re.I)
"""The characters that are markup within a line, also in `www.` and after the scheme of an address. A backslash makes
them plain (CommonMark 0.31, 2.4). Markup at the start of a line needs no escape, because no line of our templates
starts with a value."""
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def plain(text: str) -> str:
    """The text on one line, escaped for Markdown and HTML, without control characters."""
    line = " ".join(visible(text).split())
    return _ACTING.sub(r"\\\1", line).translate(_ENTITIES)


def fenced(text: str, language: str) -> str:
    """The text as a block of code, with a fence that is longer than any fence in the text."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{visible(text).strip()}\n{fence}"
