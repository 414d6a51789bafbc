"""The differences between two texts, word by word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_WORDS = 5_000
"""The most words of a text that are compared, because the time grows with their square."""

CONTEXT = 4
"""The number of words shown on either side of a difference."""

SHOWN = 12
"""The most words of one difference that are shown on each side, so that both sides of a long one are seen."""

UNSPACED = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f"  # Burmese
    "\u1780-\u17ff"  # Khmer
    "\u3005-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # kana
    "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
"""The blocks of scripts that write words without spaces between them."""

PART = re.compile(rf"[{UNSPACED}]|[^{UNSPACED}]+")


class Word(NamedTuple):
    """A word, and whether a space is before it."""

    text: str
    spaced: bool


def word_diff(before: str, after: str) -> list[str]:
    """A line for each difference, with `[-removed-]` and `{+added+}` words in context; none if all words are equal.

    Words stand between spaces. In scripts that write none, each letter with its marks counts as a word. Of a long
    difference, the first SHOWN words of each side are shown.
    """
    a, b = words(before), words(after)
    compared = [word.text for word in a[:MOST_WORDS]], [word.text for word in b[:MOST_WORDS]]
    lines = []
    for group in SequenceMatcher(None, *compared, autojunk=False).get_grouped_opcodes(CONTEXT):
        line = ""
        for tag, a_from, a_to, b_from, b_to in group:
            if tag == "equal":
                line += _joined(a[a_from:a_to])
                continue
            line += _marked("[-", a[a_from:a_to], "-]") + _marked("{+", b[b_from:b_to], "+}")
        lines.append(line.strip())
    if max(len(a), len(b)) > MOST_WORDS:
        lines.append(f"(only the first {MOST_WORDS:,} words were compared)")
    return lines


def words(text: str) -> list[Word]:
    """The words of the text."""
    found: list[Word] = []
    for piece in text.split():
        for number, part in enumerate(PART.findall(piece)):
            if number and unicodedata.category(part[0]).startswith("M"):
                found[-1] = Word(found[-1].text + part, found[-1].spaced)
            else:
                found.append(Word(part, spaced=not number))
    return found


def _joined(found: Sequence[Word]) -> str:
    return "".join(f" {word.text}" if word.spaced else word.text for word in found)


def _marked(before: str, found: Sequence[Word], after: str) -> str:
    if not found:
        return ""
    more = f" ... and {len(found) - SHOWN:,} more" if len(found) > SHOWN else ""
    return f"{' ' if found[0].spaced else ''}{before}{_joined(found[:SHOWN]).strip()}{more}{after}"
