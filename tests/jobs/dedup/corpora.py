"""Small corpora of many shapes for the cover: ties, chains, stars, cliques, templates and random documents."""

from __future__ import annotations

import random
from dataclasses import dataclass

from tests.oracles import verified
from tests.oracles.minhash import band_keys, signature


@dataclass(frozen=True)
class Corpus:
    """Documents of one scope in the recipe's order, with their band keys and shingles."""

    order: list[str]
    bands: dict[str, list[int]]
    shingles: dict[str, frozenset[int]]

    def witnesses(self, threshold: float, centres: int) -> dict[str, str]:
        """The oracle's witnesses of the removed documents."""
        return verified.witnesses(self.order, self.bands, self.shingles, threshold, centres)


def made(seed: int, most: int) -> Corpus:
    """A random corpus of at most this many documents. It has few keys, so buckets are large and overlap."""
    chance = random.Random(seed)
    count, bands, keys = chance.randint(0, most), chance.randint(1, 4), chance.choice([1, 2, 3, 8])
    order = [f"{seed:04d}-{chance.randrange(10**6):06d}-{n}" for n in range(count)]
    shape = chance.choice(["chain", "star", "clique", "template", "random", "random"])
    base = random.Random(-seed).sample(range(-(10**6), 10**6), 30)

    def shingles(at: int) -> frozenset[int]:
        own = [10**7 + 100 * at + n for n in range(40)]
        if shape == "chain":  # each is like its neighbours, and less so like those further off
            return frozenset(range(2 * at, 2 * at + 40))
        if shape == "star":
            return frozenset([*base[chance.randint(0, 12) :], *own[: chance.randint(0, 6)]])
        if shape == "clique":
            return frozenset(own)
        if shape == "template":
            return frozenset([*base, *own[:20]])
        return frozenset(chance.sample(range(-4, 4), chance.randint(1, 6)))

    sets = [shingles(at) for at in range(count)]
    chance.shuffle(sets)

    def key() -> int:
        return chance.randrange(-(2**63), 2**63) if chance.random() < 0.1 else chance.randrange(keys)

    given = {name: [key() for _ in range(bands)] for name in order}
    return Corpus(order, given, dict(zip(order, sets, strict=True)))


def chain() -> Corpus:
    """61 documents. Neighbours have a similarity of 0.95, and the first and the last have nothing in common."""
    return _hashed({f"chain-{n:02d}": [f"w{word}" for word in range(n, n + 39)] for n in range(61)})


def template() -> Corpus:
    """30 pages of one template on different topics. Any two have a similarity of 0.6, and all share a bucket."""
    shared = [f"menu{n}" for n in range(150)]
    found = _hashed({f"page-{n:02d}": [*shared, *(f"topic{n}-{at}" for at in range(50))] for n in range(30)})
    return Corpus(found.order, {name: [*keys, 7] for name, keys in found.bands.items()}, found.shingles)


def _hashed(texts: dict[str, list[str]]) -> Corpus:
    bands = {name: band_keys(signature(words, 1, 14, 8, 1, "xxh64"), 14, 8) for name, words in texts.items()}
    numbers: dict[str, int] = {}
    shingles = {
        name: frozenset(numbers.setdefault(word, len(numbers)) for word in words) for name, words in texts.items()
    }
    return Corpus(list(texts), bands, shingles)
