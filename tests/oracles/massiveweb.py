"""MassiveText's quality and repetition measurements as DCLM takes them, the plain way.

Source: arXiv:2112.11446, A.1.1; mlfoundations/dclm baselines/mappers/filters/content_filters.py.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

STOP_WORDS = {"the", "be", "to", "of", "and", "that", "have", "with"}


def numbered_words(text: str) -> list[str]:
    """fastText's tokens that begin with a letter or a digit."""
    return [word for word in re.split("[ \n\r\t\v\f\0]+", text) if word and word[0].isalnum()]


def quality(text: str) -> dict[str, float]:
    """The measurements by name; a share of nothing is 0."""
    words = text.split()
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    hashes = text.count("#")
    ellipses = text.count("...") + text.count(". . .") + text.count("…")
    stops = [word.lower() for word in words if word.lower() in STOP_WORDS]
    return {
        "words": len(numbered_words(text)),
        "mean_word_length": _share(len("".join(words)), len(words)),
        "hash_ratio": _share(hashes, len(words)),
        "ellipsis_ratio": _share(ellipses, len(words)),
        "symbol_ratio": _share(hashes + ellipses, len(words)),
        "bullet_line_ratio": _share(sum(line[0] in "●•*-" for line in lines), len(lines)),
        "ellipsis_line_ratio": _share(sum(line.endswith(("...", ". . .", "…")) for line in lines), len(lines)),
        "non_alpha_word_ratio": _share(sum(not any(c.isalpha() for c in word) for word in words), len(words)),
        "stop_words": len(stops),
        "distinct_stop_words": len(set(stops)),
    }


def repetition(text: str, cut: Callable[[str], list[str]]) -> dict[str, float]:
    """The shares by name. `cut` gives the words of a text by Unicode's rules, punctuation among them."""
    lines, paragraphs = ([p.strip() for p in text.split(end) if p.strip()] for end in ("\n", "\n\n"))
    words = [word for word in cut(text) if word[0].isalnum()]
    found: dict[str, float] = {"lines": len(lines)}
    for name, pieces in (("line", lines), ("para", paragraphs)):
        again = [piece for piece in pieces if pieces.count(piece) > 1] if len(pieces) > 1 else []
        found[f"dup_{name}_frac"] = _share(len(again), len(pieces))
        found[f"dup_{name}_char_frac"] = _share(len("".join(again)), len("".join(pieces)))
    for n in range(2, 11):
        grams = [tuple(words[i : i + n]) for i in range(len(words) - n + 1)]
        counts = Counter(grams)
        most = max(counts.values(), default=0)
        if n < 5:
            longest = max((len("".join(gram)) for gram, count in counts.items() if count == most), default=0)
            found[f"top_{n}_gram"] = _share(longest * most if most > 1 else 0, len("".join(words)))
        else:
            within = {k for i, gram in enumerate(grams) if counts[gram] > 1 for k in range(i, i + n)}
            found[f"duplicated_{n}_n_grams"] = _share(sum(len(words[k]) for k in within), len("".join(words)))
    return found


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0
