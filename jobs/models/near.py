"""Which texts belong together: near-duplicates, and those of one group, so that no fold tests what another learnt."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Sequence

NGRAM = 5
"""Words of a shingle, as FineWeb's deduplication has it (arXiv:2406.17557, 3.4)."""
BANDS, ROWS = 32, 2
"""Of MinHash. Of pairs with a similarity of 0.5, (1 - 0.5^2)^32 = 0.01 % have no band in common."""
MOST_ALIKE = 64
"""The texts of a band, the first ones, that another is compared with: bands of what stands on every page are large."""
SIMILAR = 0.5
"""The Jaccard similarity of shingles from which on two texts are near-duplicates here: lower than where deduplication
stands, since a leak costs more than a group that is a little larger."""


def families(texts: Sequence[str], groups: Sequence[str]) -> list[int]:
    """For each text the number of the first text that it belongs together with, by group or by near-duplicates."""
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
    """Hashes of the text's runs of five words, lower case; a shorter text is one run."""
    words = re.findall(r"\w+", text.lower())
    runs = (" ".join(words[at : at + NGRAM]) for at in range(max(1, len(words) - NGRAM + 1)))
    return frozenset(zlib.crc32(run.encode("utf-8", "surrogatepass")) for run in runs)


def _candidates(shingled: Sequence[frozenset[int]]) -> Iterable[tuple[int, int]]:
    """Pairs of texts with a band of MinHash in common, each pair once: a text with the first ones of its bands."""
    import numpy as np

    state = np.random.default_rng(0)
    # Multiplied modulo 2^64 by odd factors of 64 bits (Dietzfelbinger 1997): each order of the hashes is another.
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
