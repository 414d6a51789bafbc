"""The stop words of a language, from how often each word occurs."""

from __future__ import annotations

from collections.abc import Mapping

LEAST, MOST = 8, 63
"""As in the published configurations: the shortest list has 8 words, the longest 63."""
SHARE = 0.006
"""A stop word is at least this share of all words: chosen here, since the published rule is not known."""


def stop_words(counts: Mapping[str, int], total: int) -> tuple[str, ...]:
    """The most frequent words with a letter, the most frequent first; equal ones in the order of their characters.

    All that make up SHARE of the `total`, but at least LEAST of them and at most MOST. A text has to have two of them,
    so a longer list only makes the rule milder. Marks and numbers are no words; FineWeb2's lists have some.
    """
    ranked = sorted((word for word in counts if any(map(str.isalpha, word))), key=lambda word: (-counts[word], word))
    frequent = sum(1 for word in ranked if counts[word] >= SHARE * total)
    return tuple(ranked[: min(max(frequent, LEAST), MOST)])
