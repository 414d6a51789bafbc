"""The lines of a text file that begin in one part of it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from decantry.jobs.sources.unpacked import Unpacked

if TYPE_CHECKING:
    from decantry.jobs.ingest.plan import Part

LONGEST_LINE = 64 << 20
"""The longest line that is read, in bytes."""
_BUFFER = 1 << 18


class Lines:
    """The lines of a part that are not blank. The first part of a compressed file has all of the file's lines.

    `count` is the number of lines read so far, blank ones included. `damage` is the reason and the detail where a
    compressed file ends early or is broken. Iteration raises SourceError.
    """

    def __init__(self, part: Part) -> None:
        """Nothing is read yet."""
        self.count = 0
        self.damage: tuple[str, str] | None = None
        self._part = part

    def __iter__(self) -> Iterator[tuple[int, bytes | None]]:
        """Each line's number in the part, and its bytes; None for a line longer than LONGEST_LINE."""
        at, end = max(0, self._part.start - 1), self._part.end
        raw = Unpacked(self._part.source, at)
        with io.BufferedReader(raw, buffer_size=_BUFFER) as stream:
            if raw.packed and self._part.start:
                return
            if raw.packed:
                end = None
            elif self._part.start:
                at += _skip_line(stream)  # a line begins at `start` only if the byte before it ends a line
            while (end is None or at < end) and (line := stream.readline(LONGEST_LINE)):
                at += len(line)
                number, self.count = self.count, self.count + 1
                if len(line) >= LONGEST_LINE and not line.endswith(b"\n"):
                    at += _skip_line(stream)
                    yield number, None
                elif not line.isspace():
                    yield number, line
            self.damage = raw.damage


def _skip_line(stream: io.BufferedReader[Unpacked]) -> int:
    """Read to the end of the line; the number of bytes read."""
    size = 0
    while line := stream.readline(LONGEST_LINE):
        size += len(line)
        if line.endswith(b"\n"):
            break
    return size
