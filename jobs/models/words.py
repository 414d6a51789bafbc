"""The words that a fastText classifier is trained on and scores: the text in lower case, marks apart, lines told."""

from __future__ import annotations

import re

from decantry.jobs.models.well_formed import well_formed

VERSION = 1
"""Raised where `words` gives another result for any text: a model must be given the words that it was trained on."""
MOST_CHARACTERS = 20_000
"""What is read of a text: the rest of a long one says little more of its quality."""
SHORT, MIDDLING = 6, 20
"""The most words of a short line, as of a menu or a heading, and of one that may be a sentence."""
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
"""An underscore is a mark, so that no text can hold what fastText takes for a label."""
_DIGIT = re.compile(r"\d")
_ENDS = tuple(".!?:;\"'”’")
"""What a line of running text ends with: C4 keeps only lines with such an end (arXiv:1910.10683, 2.2)."""


def words(text: str) -> str:
    """The text's words, separated by spaces, in one line.

    Letters are lower case, each digit is 0, and each punctuation mark is a word. A word at the end of each line that is
    not empty says what it was: `¶.` or `¶-` as it ends like a sentence or not, and `s`, `m` or `l` for its length.
    """
    found: list[str] = []
    text = well_formed(text[:MOST_CHARACTERS]).replace("\0", " ")
    for line in _DIGIT.sub("0", text).lower().split("\n"):
        line = line.strip()
        if own := _WORD.findall(line):
            found += [*own, _end(line, len(own))]
    return " ".join(found)


def _end(line: str, count: int) -> str:
    length = "s" if count <= SHORT else "m" if count <= MIDDLING else "l"
    return ("¶." if line.endswith(_ENDS) else "¶-") + length
