"""The loss of verification in buckets compared with all pairs, and its false positives, on families of near copies."""

from __future__ import annotations

import random

from tests.oracles import verified
from tests.oracles.components import clusters
from tests.oracles.minhash import band_keys, shingle_hash, signature

FAMILIES, MEMBERS, WORDS, NGRAM, BANDS, ROWS = 30, 10, 120, 5, 14, 8
THRESHOLD = 0.8


def families() -> tuple[dict[str, list[int]], dict[str, frozenset[int]]]:
    """Band keys and shingles of copies of an original with up to 6 % changed words."""
    chance = random.Random(3)
    bands, shingles = {}, {}
    for family in range(FAMILIES):
        original = [f"w{chance.randrange(50_000)}" for _ in range(WORDS)]
        for _ in range(MEMBERS):
            rate = chance.choice([0.002, 0.01, 0.03, 0.06])
            words = [f"x{chance.randrange(10**9)}" if chance.random() < rate else word for word in original]
            name = f"{chance.randrange(10**9):09d}-{family}"
            bands[name] = band_keys(signature(words, NGRAM, BANDS, ROWS, 1, "xxh64"), BANDS, ROWS)
            shingles[name] = frozenset(
                shingle_hash(" ".join(words[i : i + NGRAM]), "xxh64") for i in range(WORDS - NGRAM + 1)
            )
    return bands, shingles


def test_the_loss_and_the_false_positives_of_verification() -> None:
    bands, shingles = families()
    order = list(bands)
    everything = verified.witnesses(order, {name: [0] for name in order}, shingles, THRESHOLD, len(order))
    found = verified.witnesses(order, bands, shingles, THRESHOLD, 64)
    unverified = clusters(bands)
    without = len(unverified) - len(set(unverified.values()))
    print("removed without verification, with it, and by comparing all pairs:", without, len(found), len(everything))
    assert len(everything) > 100
    assert set(found) <= set(everything)
    assert len(found) >= 0.97 * len(everything)
    assert without > len(everything)
    kept = {name: its for name, its in shingles.items() if name not in found}
    twice = verified.all_pairs(kept, THRESHOLD)
    print("pairs of kept documents that are alike:", len(twice))
    assert len(twice) <= 3
