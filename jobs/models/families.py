"""Groups texts into families: near-duplicates and texts of one group. A family is never split between folds."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence

NGRAM = 5
"""The words in a shingle, as in FineWeb's deduplication (arXiv:2406.17557, 3.4)."""
BANDS, ROWS = 32, 2
"""The bands of MinHash, and the rows of a band. Of pairs with the similarity 0.5, (1 - 0.5^2)^32 = 0.01 % share no
band."""
MOST_ALIKE = 64
"""A text is compared with the first texts of a band, at most this many, because bands of common phrases are large."""
SIMILAR = 0.5
"""The lowest Jaccard similarity of near-duplicates. It is lower than in deduplication, because a leak between folds is
worse than a family that is a little too large."""


def families(texts: Sequence[str], groups: Sequence[str]) -> list[int]:
    """For each text, the index of the first text of its family."""
    parents = list(range(len(texts)))
    first: dict[str, int] = {}
    for number, group in enumerate(groups):
        if group:
            _join(parents, first.setdefault(group, number), number)
    shingled = [shingles(text) for text in texts]
    for one, other in _candidates(shingled):
        if _root(parents, one) != _root(parents, other) and _jaccard(shingled[one], shingled[other]) >= SIMILAR:
            _join(parents, one, other)
    return [_root(parents, number) for number in range(len(texts))]


def shingles(text: str) -> frozenset[int]:
    """The hashes of the text's runs of five words in lower case. A shorter text is one run."""
    words = re.findall(r"\w+", text.lower())
    runs = (" ".join(words[at : at + NGRAM]) for at in range(max(1, len(words) - NGRAM + 1)))
    return frozenset(zlib.crc32(run.encode("utf-8", "surrogatepass")) for run in runs)


def _candidates(shingled: Sequence[frozenset[int]]) -> Iterable[tuple[int, int]]:
    """Pairs of texts that share a band, each pair once. A text is paired with the first texts of its bands."""
    import numpy as np

    state = np.random.default_rng(0)
    # Multiplying by an odd number modulo 2^64 puts the hashes into another order (Dietzfelbinger 1997).
    factors = state.integers(0, 1 << 63, BANDS * ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    offsets = state.integers(0, 1 << 63, BANDS * ROWS, dtype=np.uint64)
    seen: dict[tuple[int, bytes], list[int]] = {}
    for number, hashes in enumerate(shingled):
        values = np.fromiter(hashes, np.uint64, len(hashes))
        least = np.full(BANDS * ROWS, np.iinfo(np.uint64).max, np.uint64)
        for block in np.array_split(values, len(values) // 4096 + 1):
            least = np.minimum(least, (block[:, None] * factors + offsets).min(axis=0))
        others: set[int] = set()
        for band in range(BANDS):
            members = seen.setdefault((band, least[band * ROWS : (band + 1) * ROWS].tobytes()), [])
            others.update(members)
            if len(members) < MOST_ALIKE:
                members.append(number)
        for other in sorted(others):
            yield other, number


def _jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    return len(one & other) / len(one | other)


def _root(parents: list[int], at: int) -> int:
    while parents[at] != at:
        parents[at] = parents[parents[at]]
        at = parents[at]
    return at


def _join(parents: list[int], one: int, other: int) -> None:
    one, other = _root(parents, one), _root(parents, other)
    parents[max(one, other)] = min(one, other)
