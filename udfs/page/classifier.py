"""The labels of fastText classifiers, and whether their files are complete.

Predictions are made by the native functions `fasttext` and `fasttext_probability`.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from mmap import ACCESS_READ, mmap
from pathlib import Path

MAGIC = (793712314).to_bytes(4, "little")
"""The first bytes of a fastText model."""
_HEADER = struct.Struct("<4s13id3i2q")
"""Magic, version, twelve settings and the sampling threshold; entries, words, labels, tokens and pruned buckets."""
_CENTROIDS = 256


def labels_of(path: str) -> list[str]:
    """The labels of a fastText model, in the model's order. Raises ValueError if the file is too short or too long.

    Source of the layout: the functions `load` in facebookresearch/fastText src/args.cc, src/dictionary.cc,
    src/densematrix.cc, src/quantmatrix.cc and src/productquantizer.cc.
    """
    with Path(path).open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        try:
            return _labels(data)
        except (struct.error, IndexError, OverflowError):
            raise ValueError(f"it is cut short or damaged: it has {len(data)} bytes") from None


def knows_any(path: str, words: Sequence[str]) -> bool:
    """Whether the dictionary of a fastText model has one of the words. Raises ValueError as `labels_of`."""
    with Path(path).open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        try:
            _, end = _entries(data)
        except (struct.error, IndexError, OverflowError):
            raise ValueError(f"it is cut short or damaged: it has {len(data)} bytes") from None
        # An entry's first byte follows the byte 0, which ends the entry before it. The first entry follows the header.
        ended, start = [word.encode() + b"\0" for word in words], _HEADER.size
        return any(data[start : start + len(w)] == w or data.find(b"\0" + w, start, end) >= 0 for w in ended)


def _labels(data: mmap) -> list[str]:
    *_, pruned = _HEADER.unpack_from(data)
    labels, at = _entries(data)
    at += 8 * max(pruned, 0)
    quantised = data[at] == 1
    at = _after_matrix(data, at + 1, quantised)
    at = _after_matrix(data, at + 1, quantised and data[at] == 1)
    if at != len(data):
        raise IndexError
    return labels


def _entries(data: mmap) -> tuple[list[str], int]:
    """The labels among the dictionary's entries, and the offset after the entries."""
    *_, entries, words, _, _, _ = _HEADER.unpack_from(data)
    labels, at = [], _HEADER.size
    for number in range(entries):
        end = data.find(b"\0", at)
        if end < 0:
            raise IndexError
        if number >= words:
            labels.append(data[at:end].decode(errors="replace"))
        at = end + 10
    return labels, at


def _after_matrix(data: mmap, at: int, quantised: bool) -> int:
    """The offset after the matrix that begins at `at`."""
    if not quantised:
        rows, columns = struct.unpack_from("<2q", data, at)
        return int(at + 16 + 4 * rows * columns)
    normed, rows, _, codes = struct.unpack_from("<?2qi", data, at)
    at = _after_quantiser(data, at + 21 + codes)
    return _after_quantiser(data, at + rows) if normed else at


def _after_quantiser(data: mmap, at: int) -> int:
    (columns,) = struct.unpack_from("<i", data, at)
    return int(at + 16 + 4 * _CENTROIDS * columns)
