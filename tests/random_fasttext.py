"""fastText models with random weights, in every form that the library can write."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.random import Generator

LOSSES = {"hs": 1, "ns": 2, "softmax": 3, "ova": 4}
_CENTROIDS = 256


@dataclass(frozen=True)
class Form:
    """What a model is like. `parts` are the least and the greatest length of parts of words, in characters; `kept` is
    how many buckets pruning left, -1 for all; `width` is how many columns a code stands for, 0 for a dense matrix.
    """

    loss: str = "softmax"
    labels: int = 9
    dimension: int = 10
    word_ngrams: int = 1
    parts: tuple[int, int] = (0, 0)
    buckets: int = 0
    kept: int = -1
    width: int = 0
    norms: bool = False
    coded_output: bool = False
    version: int = 12


def write_random(path: Path, form: Form, words: Sequence[str], seed: int) -> None:
    """Write a model of this form that knows the words.

    Source of the layout: facebookresearch/fastText src/*.cc, each function `save`.
    """
    random = np.random.default_rng(seed)
    labels = [f"__label__{number}" for number in range(form.labels)]
    counts = sorted(random.integers(1, 1000, form.labels), reverse=True)
    content = struct.pack("<2i", 793712314, form.version)
    settings = (form.dimension, 5, 1, 1, 5, form.word_ngrams, LOSSES[form.loss], 3, form.buckets, *form.parts, 100)
    content += struct.pack("<12id", *settings, 1e-4)
    content += struct.pack("<3i2q", len(words) + len(labels), len(words), len(labels), 1000, form.kept)
    for word in words:
        content += word.encode() + struct.pack("<xqb", 1, 0)
    for label, count in zip(labels, counts, strict=True):
        content += label.encode() + struct.pack("<xqb", count, 1)
    if form.kept > 0:
        kept = random.choice(form.buckets, form.kept, replace=False)
        content += np.stack([kept, random.permutation(form.kept)], axis=1).astype("<i4").tobytes()
    rows = len(words) + (form.buckets if form.kept < 0 else form.kept)
    content += _matrix(random, rows, form.dimension, form.width, form.norms)
    content += _matrix(random, form.labels, form.dimension, form.width if form.coded_output else 0, form.norms)
    path.write_bytes(content)


def _matrix(random: Generator, rows: int, columns: int, width: int, norms: bool) -> bytes:
    """A flag that says whether the matrix is quantised, and the matrix."""
    if not width:
        values = random.normal(0, 1.5, (rows, columns)).astype("<f4")
        return struct.pack("<?2q", False, rows, columns) + values.tobytes()
    pieces = -(-columns // width)
    found = struct.pack("<2?2qi", True, norms, rows, columns, rows * pieces)
    found += random.bytes(rows * pieces) + _centroids(random, columns, width)
    return found + random.bytes(rows) + _centroids(random, 1, 1) if norms else found


def _centroids(random: Generator, columns: int, width: int) -> bytes:
    pieces = -(-columns // width)
    found = struct.pack("<4i", columns, pieces, width, columns - (pieces - 1) * width)
    return found + random.normal(0, 1.5, columns * _CENTROIDS).astype("<f4").tobytes()
