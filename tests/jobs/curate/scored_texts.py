"""Documents with words in capitals, which the head of `made_models` scores."""

from __future__ import annotations

import hashlib

SCRIPT = "\nPlease enable javascript to read the rest of this page."
LOUD, QUIET, MIXED = "HERE ARE SIX WORDS IN CAPITALS", "here are some words without them", "HERE ARE SIX words of both"
DOCUMENTS = [
    *[("loud", "c1", LOUD), ("quiet", "c1", QUIET), ("edited", "c1", LOUD + SCRIPT)],
    *[("mixed", "c2", MIXED), ("short", "c2", "Too"), ("script", "c2", QUIET + SCRIPT)],
]


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
