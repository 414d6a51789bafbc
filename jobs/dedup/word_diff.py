"""The differences between two texts, word by word."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

MOST_WORDS = 5_000
"""The most words of a text that are compared, because the time grows with their square."""

CONTEXT = 4
"""The number of words shown on either side of a difference."""


def word_diff(before: str, after: str) -> list[str]:
    """A line for each difference, with `[-removed-]` and `{+added+}` words in context; none if all words are equal."""
    a, b = before.split(), after.split()
    lines = []
    for group in SequenceMatcher(None, a[:MOST_WORDS], b[:MOST_WORDS], autojunk=False).get_grouped_opcodes(CONTEXT):
        parts: list[str] = []
        for tag, a_from, a_to, b_from, b_to in group:
            if tag == "equal":
                parts += a[a_from:a_to]
                continue
            parts += _marked("[-", a[a_from:a_to], "-]") + _marked("{+", b[b_from:b_to], "+}")
        lines.append(" ".join(parts))
    if max(len(a), len(b)) > MOST_WORDS:
        lines.append(f"(only the first {MOST_WORDS:,} words were compared)")
    return lines


def _marked(before: str, words: Sequence[str], after: str) -> list[str]:
    return [before + " ".join(words) + after] if words else []
