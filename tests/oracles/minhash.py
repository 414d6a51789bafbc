"""MinHash with numpy's own generator and numpy's own wrapping arithmetic.

Source: datatrove 0.10.1 pipeline/dedup/minhash.py (`MinhashDedupSignature`, 64-bit hashes). The words come from
outside: their oracle is another.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from tests.oracles.xxh64 import xxh64

PRIME = np.uint64((1 << 61) - 1)


def shingle_hash(shingle: str, hash: str) -> int:
    data = shingle.encode("utf-8")
    return xxh64(data) if hash == "xxh64" else int.from_bytes(hashlib.sha1(data).digest()[:8], "little")


def signature(words: Sequence[str], ngram: int, bands: int, rows: int, seed: int, hash: str = "sha1") -> list[int]:
    """`bands * rows` minima; empty if there are no words."""
    return minima(shingles(words, ngram), bands, rows, seed, hash)


def shingles(units: Sequence[str], ngram: int, between: str = " ") -> list[str]:
    """The n-grams of words, with a space between them; of the characters of a text, with nothing.

    Fewer units than `ngram` are one n-gram, where the peer has none.
    """
    if 0 < len(units) < ngram:
        return [between.join(units)]
    return [between.join(units[i : i + ngram]) for i in range(len(units) - ngram + 1)]


def minima(shingles: Sequence[str], bands: int, rows: int, seed: int, hash: str) -> list[int]:
    """`bands * rows` minima over the shingles; empty if there are none."""
    if not shingles:
        return []
    random = np.random.RandomState(seed)
    a = random.randint(1, PRIME, dtype=np.uint64, size=(1, bands * rows))
    b = random.randint(0, PRIME, dtype=np.uint64, size=(1, bands * rows))
    hashed = np.array([shingle_hash(shingle, hash) for shingle in shingles], dtype=np.uint64).reshape(-1, 1)
    return [int(value) for value in np.min((hashed * a + b) % PRIME, axis=0)]


def band_keys(signature: Sequence[int], bands: int, rows: int) -> list[int]:
    """XXH64 of each band's values as little-endian bytes, as signed 64-bit numbers."""
    if not signature:
        return []
    values = [b"".join(v.to_bytes(8, "little") for v in signature[i * rows : (i + 1) * rows]) for i in range(bands)]
    return [key - (1 << 64) if (key := xxh64(value)) >= 1 << 63 else key for value in values]
