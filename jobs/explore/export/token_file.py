"""Writes token ids in the layout of Megatron-LM: `.bin` has the ids, `.idx` the offsets of the documents.

The layout is that of `megatron/core/datasets/indexed_dataset.py` (NVIDIA/Megatron-LM, core 0.16.1), all little-endian.
The index has, in this order: the nine bytes `MMIDIDX\\0\\0`, the version 1 (u64), the code of the ids' type (u8), the
numbers of sequences and of document boundaries (u64 each), the sequences' lengths in ids (i32), their first bytes in
`.bin` (i64), and the document boundaries (i64): here a document is one sequence, so that these are 0, 1, ..., n.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from decantry.jobs.explore.export.sink import Sink

MAGIC = b"MMIDIDX\x00\x00"
FEW_IDS = 65_500
"""A smaller vocabulary is stored with two bytes an id, any other with four (`DType.optimal_dtype`)."""
CODES = {"uint16": 8, "int32": 4}
"""Megatron's codes of the types. It has no code for uint32. All ids are below 2**31, so int32 has the same bytes."""


def type_of(vocabulary: int) -> str:
    """The type of the ids of a vocabulary with this many ids: `uint16` or `int32`."""
    return "uint16" if vocabulary < FEW_IDS else "int32"


class TokenFile:
    """Writes documents' ids to `sink`, and keeps their lengths."""

    def __init__(self, sink: Sink, type_: str) -> None:
        """Start with no document. `type_` is a key of CODES."""
        self._sink, self._type = sink, type_
        self._lengths: list[int] = []

    def add(self, ids: Sequence[int]) -> None:
        """Write the ids of one document."""
        self._lengths.append(len(ids))
        self._sink.write(np.asarray(ids, dtype=np.dtype(self._type).newbyteorder("<")).tobytes())

    @property
    def tokens(self) -> int:
        """The number of ids written."""
        return sum(self._lengths)

    def index(self) -> bytes:
        """The content of the `.idx` file."""
        count = len(self._lengths)
        lengths = np.array(self._lengths, dtype="<i4")
        width = np.dtype(self._type).itemsize
        places = np.zeros(count, dtype="<i8")
        np.cumsum(lengths[:-1], dtype="<i8", out=places[1:])
        head = MAGIC + struct.pack("<QBQQ", 1, CODES[self._type], count, count + 1)
        return (
            head
            + lengths.tobytes()
            + (places * width).astype("<i8").tobytes()
            + np.arange(count + 1, dtype="<i8").tobytes()
        )
