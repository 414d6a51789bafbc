"""Shares of repeated paragraphs, lines and n-grams, counted the plain way.

Source: arXiv:2112.11446, table A1; datatrove 0.10.1 pipeline/filters/gopher_repetition_filter.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

NAMES = [
    "characters",
    *("dup_para_frac", "dup_para_char_frac", "dup_line_frac", "dup_line_char_frac"),
    *(f"top_{n}_gram" for n in (2, 3, 4)),
    *(f"duplicated_{n}_n_grams" for n in range(5, 11)),
]


def measure(text: str, words: Callable[[str], list[str]]) -> dict[str, float]:
    """The measurements by name; all zeros for an empty text. `words` are the tokenizer's."""
    if not text:
        return dict.fromkeys(NAMES, 0)
    tokens = words(text)
    numbers = [
        len(text),
        *_repeated(re.split(r"\n\n+", text.strip()), text),
        *_repeated(re.split(r"\n+", text), text),
        *(_top(tokens, n) / len(text) for n in (2, 3, 4)),
        *(_duplicated(tokens, n) / len(text) for n in range(5, 11)),
    ]
    return dict(zip(NAMES, numbers, strict=True))


def _repeated(parts: Sequence[str], text: str) -> tuple[float, float]:
    """The share of repeated parts, and the share of their characters in the text."""
    once = set(parts)
    characters = sum(map(len, parts)) - sum(map(len, once))
    return (len(parts) - len(once)) / len(parts), characters / len(text)


def _top(tokens: list[str], n: int) -> int:
    """The length of the most frequent n-gram times its count. Of several, the first counts."""
    grams = [" ".join(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]
    if not grams:
        return 0
    counts = Counter(grams)
    most = max(counts.values())
    first = next(gram for gram in grams if counts[gram] == most)
    return len(first) * most


def _duplicated(tokens: list[str], n: int) -> int:
    """The length of all repeated n-grams. After one, reading continues behind it."""
    seen: set[str] = set()
    length = 0
    at = 0
    while at + n <= len(tokens):
        gram = "".join(tokens[at : at + n])
        again = gram in seen
        seen.add(gram)
        length += len(gram) if again else 0
        at += n if again else 1
    return length
