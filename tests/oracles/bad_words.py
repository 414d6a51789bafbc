"""How often listed words stand in a text, by a regular expression at each place.

Source: datatrove 0.10.1 pipeline/filters/c4_filters.py, C4BadWordsFilter.
"""

from __future__ import annotations

import re


def count(text: str, words: list[str], anywhere: bool = False) -> int:
    """The number of positions at which a word begins: between characters that belong to no word, or anywhere."""
    any_of = "|".join(map(re.escape, words))
    found = re.compile(any_of if anywhere else rf"(?<!\w)(?:{any_of})(?!\w)")
    lower = text.lower()
    return sum(found.match(lower, at) is not None for at in range(len(lower)))
