"""Megatron's `.bin` and `.idx`, read one number at a time."""

from __future__ import annotations

import struct
from itertools import pairwise

TYPES = {8: "H", 4: "i"}


def documents(ids: bytes, index: bytes) -> list[list[int]]:
    """The ids of each document. Fails if the two files do not match."""
    assert index[:9] == b"MMIDIDX\x00\x00"
    version, code, sequences, boundaries = struct.unpack_from("<QBQQ", index, 9)
    assert version == 1
    at = 34
    lengths = [struct.unpack_from("<i", index, at + 4 * n)[0] for n in range(sequences)]
    at += 4 * sequences
    places = [struct.unpack_from("<q", index, at + 8 * n)[0] for n in range(sequences)]
    at += 8 * sequences
    ends = [struct.unpack_from("<q", index, at + 8 * n)[0] for n in range(boundaries)]
    assert at + 8 * boundaries == len(index)
    assert ends[0] == 0 and ends[-1] == sequences
    found: list[list[int]] = []
    taken = 0
    for first, last in pairwise(ends):
        document: list[int] = []
        for sequence in range(first, last):
            assert places[sequence] == taken
            numbers = struct.unpack_from(f"<{lengths[sequence]}{TYPES[code]}", ids, taken)
            document += numbers
            taken += struct.calcsize(f"<{lengths[sequence]}{TYPES[code]}")
        found.append(document)
    assert taken == len(ids)
    return found
