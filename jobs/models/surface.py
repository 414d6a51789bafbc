"""Surface features of a text: a few numbers that need no model, and no words but the most common English ones."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import log1p
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy.typing import NDArray

VERSION = 1
"""The version of the features. Raise it if a feature changes its value for any text."""
NAMES = (
    "characters", "words_a_sentence", "word_length", "letters", "capitals", "digits", "marks", "common_words",
    "distinct_words", "commonest_pair", "ended_lines", "ended_characters", "words_a_line", "lines", "short_lines",
    "commas", "shouted_marks", "capital_words", "shouted_words", "repeated_lines", "ellipses", "questions", "quotes",
)  # fmt: skip
"""The features in order: counts are logarithms, all others are shares. Most are measured by rules of Gopher
(arXiv:2112.11446, A.1), C4 (arXiv:1910.10683, 2.2) and FineWeb (arXiv:2406.17557, 3.6)."""
COMMON = frozenset(
    """the of and to a in that is was for it on with as his he be at by i this had not are but from or have an they
    which one you were all her she there would their we him been has when who will no more if out so up said
    what its about than into them can only other time new some could these two may first then do any""".split()  # noqa: SIM905
)
"""Words that make up about half of English text."""
_WORD = re.compile(r"\w+")
_SENTENCE = re.compile(r"[.!?]+(?=\s|$)")
_ENDS = tuple(".!?\"'”’。！？؟।")
"""The characters that end a sentence or a quotation."""
MOST_CHARACTERS = 100_000
"""How many characters of a text are read; the feature of its length counts all."""


def surface(texts: Sequence[str]) -> NDArray[Any]:
    """A row of features for each text."""
    import numpy as np

    return np.array([features(text) for text in texts], float).reshape(len(texts), len(NAMES))


def features(text: str) -> list[float]:
    """The features of NAMES."""
    full, text = len(text), text[:MOST_CHARACTERS]
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    words, raw = _WORD.findall(text.lower()), text.split()
    characters, count, rows = max(1, len(text)), max(1, len(words)), max(1, len(lines))
    seen = Counter(text)
    ended = [line for line in lines if line.endswith(_ENDS)]
    pairs = Counter(pairwise(words))
    lengths = [len(line.split()) for line in lines]
    return [
        log1p(full),
        log1p(count / max(1, len(_SENTENCE.findall(text)))),
        sum(map(len, words)) / count,
        sum(many for one, many in seen.items() if one.isalpha()) / characters,
        sum(many for one, many in seen.items() if one.isupper()) / characters,
        sum(many for one, many in seen.items() if one.isdigit()) / characters,
        sum(many for one, many in seen.items() if not one.isalnum() and not one.isspace()) / characters,
        sum(map(COMMON.__contains__, words)) / count,
        len(set(words[:200])) / max(1, len(words[:200])),
        2 * max(pairs.values(), default=0) / count,
        len(ended) / rows,
        sum(map(len, ended)) / characters,
        log1p(sum(lengths) / rows),
        log1p(len(lines)),
        sum(length <= 5 for length in lengths) / rows,
        seen[","] / count,
        sum(seen[mark] for mark in "!$|") / count,
        sum(map(str.isupper, [word[0] for word in raw])) / max(1, len(raw)),
        sum(len(word) > 1 for word in raw if word.isupper()) / max(1, len(raw)),
        1 - len(set(lines)) / rows if lines else 0.0,
        (text.count("...") + seen["…"]) / count,
        seen["?"] / count,
        sum(seen[mark] for mark in '"“”') / count,
    ]
