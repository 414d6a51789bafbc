"""Made texts of the same form with other words, so that no two of them are duplicates of each other."""

from __future__ import annotations

import re
from string import ascii_lowercase, ascii_uppercase

KEPT = frozenset(
    "the be to of and that have with lorem ipsum javascript function http word casino extraordinarily ab".split()  # noqa: SIM905
)
"""Words that rules look for, or whose repetition is the point of a text."""
_FACTORS = (1, 3, 5, 7, 9, 11, 15, 17, 19, 21, 23, 25)


def disguised(text: str, number: int) -> str:
    """The text with the letters of its words put in place of each other: in another way for each number below 300."""
    factor, shift = _FACTORS[number // 25], 1 + number % 25
    places = [(factor * at + shift) % 26 for at in range(26)]
    table = str.maketrans(
        ascii_lowercase + ascii_uppercase,
        "".join(ascii_lowercase[at] for at in places) + "".join(ascii_uppercase[at] for at in places),
    )
    return re.sub("[A-Za-z]+", lambda word: word[0] if word[0].lower() in KEPT else word[0].translate(table), text)
