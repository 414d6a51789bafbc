"""The dictionary that a .warc.zst file may carry in its first frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

import zstandard

from decantry.udfs.archive.codecs import Zstd

if TYPE_CHECKING:
    from decantry.udfs.archive.members import OpenAt

FRAME = b"\x5d\x2a\x4d\x18"
"""The skippable frame that holds a dictionary (iipc/warc-specifications, warc-zstd 1.0)."""
LIMIT = 1 << 26
"""The largest dictionary read, in bytes."""


def dictionary_of(open_at: OpenAt) -> bytes | None:
    """The file's dictionary, decompressed if necessary; None if the file has none.

    Raises ValueError if the dictionary is cut short, damaged or too large.
    """
    stream = open_at(0)
    try:
        head = stream.read(8)
        if len(head) < 8 or not head.startswith(FRAME):
            return None
        size = int.from_bytes(head[4:8], "little")
        data = b""
        while len(data) < min(size, LIMIT) and (block := stream.read(min(size, LIMIT) - len(data))):
            data += block
    finally:
        stream.close()
    try:
        if len(data) == size and data.startswith(Zstd.magic):
            data = zstandard.ZstdDecompressor().stream_reader(data).read(LIMIT + 1)
            size = min(len(data), LIMIT)
        Zstd(data).decoder()
    except zstandard.ZstdError:
        raise ValueError("the zstd dictionary at its start is damaged") from None
    if len(data) != size:
        raise ValueError("the zstd dictionary at its start is cut short or too large")
    return data
