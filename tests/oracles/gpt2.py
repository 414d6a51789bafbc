"""GPT-2's tokens by the book: the published pattern, then the lowest-ranked pair merged again and again.

Source: openai/gpt-2 src/encoder.py. The vocabulary is taken out of the native jar, which carries jtokkit's r50k_base.
"""

from __future__ import annotations

import base64
import zipfile
from functools import cache
from itertools import pairwise
from pathlib import Path

import regex  # type: ignore[import-untyped]

PIECE = regex.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")


@cache
def ranks(jar: Path) -> dict[bytes, int]:
    """Each token's rank."""
    with zipfile.ZipFile(jar) as archive:
        name = next(name for name in archive.namelist() if name.endswith("/r50k_base.tiktoken"))
        rows = (line.split() for line in archive.read(name).splitlines() if line)
        return {base64.b64decode(token): int(rank) for token, rank in rows}


def count(text: str, jar: Path) -> int:
    """The number of tokens. The end-of-text mark is one token anywhere in the text."""
    parts = text.split("<|endoftext|>")
    pieces = [piece.encode("utf-8") for part in parts for piece in PIECE.findall(part)]
    return len(parts) - 1 + sum(len(merged(piece, ranks(jar))) for piece in pieces)


def merged(piece: bytes, ranks: dict[bytes, int]) -> list[bytes]:
    """The piece's tokens."""
    parts = [piece[i : i + 1] for i in range(len(piece))]
    while True:
        pairs = [(ranks.get(a + b, len(ranks)), i) for i, (a, b) in enumerate(pairwise(parts))]
        best = min(pairs, default=(len(ranks), 0))
        if best[0] == len(ranks):
            return parts
        parts[best[1] : best[1] + 2] = [parts[best[1]] + parts[best[1] + 1]]
