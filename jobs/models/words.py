"""The form of texts for fastText classifiers: words in lower case, punctuation marks, and marks of line ends."""

from __future__ import annotations

import re

from decantry.jobs.models.well_formed import well_formed

VERSION = 1
"""The version of `words`. Raise it if the result changes for any text, because a model needs the form that it was
trained on."""
MOST_CHARACTERS = 20_000
"""How many characters of a text are read. The rest of a long text says little more about its quality."""
SHORT, MIDDLING = 6, 20
"""The most words of a short line, such as a menu item or a heading, and of a medium line, which may be a sentence."""
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
"""An underscore is a word of its own, so that no text can contain a label of fastText."""
_DIGIT = re.compile(r"\d")
_ENDS = tuple(".!?:;\"'”’")
"""The characters that end a line of running text. C4 keeps only such lines (arXiv:1910.10683, 2.2)."""


def words(text: str) -> str:
    """The text's words, separated by spaces, in one line.

    Letters are lower case, each digit is 0, and each punctuation mark is a word. Each line that is not empty ends with
    a word that describes it: `¶.` if it ends like a sentence, else `¶-`; then `s`, `m` or `l` for its length.
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
