"""Reading and writing pipes without short reads and writes."""

from __future__ import annotations

import os


def read_pipe(pipe: int, size: int) -> bytes:
    """The next `size` bytes of the pipe; fewer if it ends."""
    data = b""
    while len(data) < size and (piece := os.read(pipe, size - len(data))):
        data += piece
    return data


def write_pipe(pipe: int, data: bytes | bytearray) -> None:
    """Write all of the data to the pipe."""
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]
