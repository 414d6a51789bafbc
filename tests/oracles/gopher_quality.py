"""Words, symbols, bullets, ellipses and stop words, counted the plain way.

Source: arXiv:2112.11446, A.1.1; datatrove 0.10.1 pipeline/filters/gopher_quality_filter.py.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.oracles.punctuation import SYMBOLS

STOP_WORDS = {"the", "be", "to", "of", "and", "that", "have", "with"}


def measure(text: str, words: Callable[[str], list[str]]) -> dict[str, float]:
    """The measurements by name; a share of nothing is 0. `words` are the tokenizer's, punctuation included."""
    tokens = words(text)
    real = [token for token in tokens if set(token) - SYMBOLS]
    lines = text.splitlines()
    return {
        "words": len(real),
        "mean_word_length": _share(len("".join(real)), len(real)),
        "hash_ratio": _share(text.count("#"), len(tokens)),
        "ellipsis_ratio": _share(text.count("...") + text.count("…"), len(tokens)),
        "bullet_line_ratio": _share(sum(line.lstrip()[:1] in ("•", "-") for line in lines), len(lines)),
        "ellipsis_line_ratio": _share(sum(line.rstrip().endswith(("...", "…")) for line in lines), len(lines)),
        "alpha_word_ratio": _share(sum(any(c.isalpha() for c in token) for token in tokens), len(tokens)),
        "stop_words": len(STOP_WORDS.intersection(tokens)),
    }


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0
