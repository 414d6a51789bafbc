"""Writes a small fastText classifier without the library: each word counts for its label alone."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

_MAGIC, _VERSION, _SOFTMAX, _ONE_VS_ALL, _SUPERVISED = 793712314, 12, 3, 4, 3


def write_model(path: Path, words: Mapping[str, Sequence[str]], *, one_vs_all: bool = False, pull: float = 4) -> str:
    """Write a model that labels a text by the labels of its words. Returns the file's sha256 in hex.

    A text whose words all have one of two labels gets that label with a probability of 0.98. Unknown words do not
    count. A greater `pull` gives higher probabilities. With `one_vs_all`, each label has an independent probability,
    and they do not sum to 1.
    """
    labels = list(words)
    rows = [(word, number) for number, label in enumerate(labels) for word in words[label]]
    width = len(labels)
    # dim, ws, epoch, minCount, neg, wordNgrams, loss, model, bucket, minn, maxn, lrUpdateRate, t
    loss = _ONE_VS_ALL if one_vs_all else _SOFTMAX
    content = struct.pack("<2i", _MAGIC, _VERSION)
    content += struct.pack("<12id", width, 5, 1, 1, 5, 1, loss, _SUPERVISED, 0, 0, 0, 100, 1e-4)
    content += struct.pack("<3i2q", len(rows) + width, len(rows), width, len(rows) + width, -1)
    for word, kind in [*((word, 0) for word, _ in rows), *((label, 1) for label in labels)]:
        content += word.encode() + struct.pack("<xqb", 1, kind)
    content += struct.pack("<?", False) + _matrix([_one(number, width, pull) for _, number in rows])
    content += struct.pack("<?", False) + _matrix([_one(number, width, 1.0) for number in range(width)])
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def _one(number: int, width: int, value: float) -> list[float]:
    return [value if at == number else 0.0 for at in range(width)]


def _matrix(rows: list[list[float]]) -> bytes:
    size = struct.pack("<2q", len(rows), len(rows[0]) if rows else 0)
    return size + b"".join(struct.pack(f"<{len(row)}f", *row) for row in rows)
