"""Chooses the stop words of a language by their frequency."""

from __future__ import annotations

from collections.abc import Mapping

LEAST, MOST = 8, 63
"""The fewest and the most stop words, as in the published configurations: their shortest list has 8 words, the longest
63."""
SHARE = 0.006
"""A stop word has at least this share of all words. The published rule is not known, so this value is our choice."""


def stop_words(counts: Mapping[str, int], total: int) -> tuple[str, ...]:
    """The stop words, the most frequent first; words of equal frequency in alphabetical order.

    They are the words with at least SHARE of the `total`, but at least LEAST words and at most MOST. The rule asks for
    two of them in a text, so a longer list only makes the rule milder. Punctuation and numbers are left out, although
    FineWeb2's lists have some.
    """
    ranked = sorted((word for word in counts if any(map(str.isalpha, word))), key=lambda word: (-counts[word], word))
    frequent = sum(1 for word in ranked if counts[word] >= SHARE * total)
    return tuple(ranked[: min(max(frequent, LEAST), MOST)])
