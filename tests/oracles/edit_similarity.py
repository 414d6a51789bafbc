"""The similarity of two texts by edit distance."""

from __future__ import annotations

from collections import defaultdict


def edit_distance(one: str, other: str) -> int:
    """The least number of code points put in, left out or replaced (Levenshtein, 1965).

    By Myers' bit vectors (JACM 46, 1999; Hyyrö, 2003): a column of the table of distances is held as the rows at which
    it rises and falls by one, two whole numbers.
    """
    if not one or not other:
        return len(one) or len(other)
    at: defaultdict[str, int] = defaultdict(int)
    for row, character in enumerate(one):
        at[character] |= 1 << row
    every, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    rises, falls, distance = every, 0, len(one)
    for character in other:
        same = at.get(character, 0)
        straight = (((same & rises) + rises) ^ rises) | same | falls
        right_rises = falls | (every & ~(straight | rises))
        right_falls = rises & straight
        distance += bool(right_rises & last) - bool(right_falls & last)
        right_rises = ((right_rises << 1) | 1) & every
        right_falls = (right_falls << 1) & every
        rises = right_falls | (every & ~(same | falls | right_rises))
        falls = right_rises & (same | falls)
    return distance


def edit_similarity(one: str, other: str) -> float:
    """One minus the distance divided by the length of the longer text; 1 for two empty texts."""
    return 1 - edit_distance(one, other) / max(len(one), len(other), 1)
