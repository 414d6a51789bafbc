"""Makes texts for the benchmarks as JSONL: originals of random words, each followed by a near copy."""

from __future__ import annotations

import json
import random
from pathlib import Path

WORDS = 290
VOCABULARY = 1 << 16
CHANGED = (0.005, 0.01, 0.02, 0.04)
"""The shares of changed words in copies, in turn."""


def written(path: Path, count: int) -> Path:
    """Write the file of `count` rows with `id, url, text`, unless it exists."""
    if path.is_file():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    chance = random.Random(1)
    letters = "stuvwxyzabghijkl"
    vocabulary = ["".join(letters[(n >> shift) & 15] for shift in (16, 12, 8, 4, 0)) for n in range(VOCABULARY)]
    part = path.with_suffix(".part")
    words: list[str] = []
    with part.open("w", encoding="utf-8") as out:
        for n in range(count):
            if n % 2 == 0:
                words = chance.choices(vocabulary, k=WORDS)
            else:
                share = CHANGED[n // 2 % len(CHANGED)]
                words = [chance.choice(vocabulary) if chance.random() < share else word for word in words]
            row = {"id": f"text-{n}", "url": f"https://texts.example.org/{n}", "text": " ".join(words)}
            out.write(json.dumps(row) + "\n")
    part.replace(path)
    return path
