"""Text of strangers in Markdown: it stays text, on one line."""

from __future__ import annotations

import re

from decantry.jobs.explore.report.shown import visible

_ACTING = re.compile(r"([\\`*\[\]#|~$:@]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|(?<=www)\.)", re.I)
"""What acts within a line, `www.` and the colon of an address too: a backslash before it makes it plain (CommonMark
0.31, 2.4). What acts at the beginning of a line alone is left as it is: our templates begin no line with a value."""
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def plain(text: str) -> str:
    """The text on one line, with nothing in it that Markdown, HTML or a terminal acts on."""
    line = " ".join(visible(text).split())
    return _ACTING.sub(r"\\\1", line).translate(_ENTITIES)


def fenced(text: str, language: str) -> str:
    """The text as a block of code, inside a fence that is longer than any within it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{visible(text).strip()}\n{fence}"
