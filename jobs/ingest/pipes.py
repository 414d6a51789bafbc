"""Reading and writing a pipe whole."""

from __future__ import annotations

import os


def read_pipe(pipe: int, size: int) -> bytes:
    """So many bytes from the pipe; fewer where it ends."""
    data = b""
    while len(data) < size and (piece := os.read(pipe, size - len(data))):
        data += piece
    return data


def write_pipe(pipe: int, data: bytes | bytearray) -> None:
    """All of the data into the pipe."""
    view = memoryview(data)
    while view:
        view = view[os.write(pipe, view) :]
