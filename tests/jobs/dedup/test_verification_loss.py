"""What verification in buckets loses against comparing all pairs, and what it lets go, on families of near copies."""

from __future__ import annotations

import random

from tests.oracles import verified
from tests.oracles.components import clusters
from tests.oracles.minhash import band_keys, shingle_hash, signature

FAMILIES, MEMBERS, WORDS, NGRAM, BANDS, ROWS = 30, 10, 120, 5, 14, 8
THRESHOLD = 0.8


def families() -> tuple[dict[str, list[int]], dict[str, frozenset[int]]]:
    """Band keys and shingles of documents that are copies of an original with up to 6 % of its words changed."""
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


def together(found: dict[str, str], pairs: set[tuple[str, str]]) -> float:
    """The share of the pairs that are in one cluster."""
    return sum(a in found and found[a] == found.get(b) for a, b in pairs) / len(pairs)


def test_what_is_lost_and_what_is_let_go() -> None:
    bands, shingles = families()
    alike = verified.all_pairs(shingles, THRESHOLD)
    assert len(alike) > 100
    unverified = clusters(bands)
    one, ten = (verified.clusters(bands, shingles, THRESHOLD, rounds) for rounds in (1, 10))
    shares = [together(found, alike) for found in (unverified, ten, one)]
    print("of the pairs that are alike, together without verification, in ten rounds, in one:", shares)
    assert shares[0] >= shares[1] >= shares[2]
    assert shares[1] >= 0.97
    sizes = [len(found) for found in (unverified, ten)]
    print("documents in clusters without verification and with it:", sizes)
    linked = {name for pair in alike for name in pair}
    assert set(ten) <= linked
    assert sizes[0] > sizes[1]
