"""The words that a fastText classifier is trained on and scores: the text in lower case, marks apart, lines told."""

from __future__ import annotations

import re

VERSION = 1
"""Raised where `words` gives another result for any text: a model must be given the words that it was trained on."""
LINE_END = "¶"
"""The word that stands for the end of a line that is not empty."""
MOST_CHARACTERS = 20_000
"""What is read of a text: the rest of a long one says little more of its quality."""
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
"""An underscore is a mark, so that no text can hold what fastText takes for a label."""
_DIGIT = re.compile(r"\d")


def words(text: str) -> str:
    """The text's words, separated by spaces, in one line.

    Letters are lower case, each digit is 0, each punctuation mark is a word, and each line that is not empty ends with
    `¶`: headings, menus and lists have short lines and end without a full stop, which is what the pair shows.
    """
    lines = _DIGIT.sub("0", text[:MOST_CHARACTERS].replace("\0", " ")).lower().split("\n")
    found = (_WORD.findall(line) for line in lines)
    return " ".join(" ".join([*line, LINE_END]) for line in found if line)
