"""Finding the next record among other bytes."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decantry.udfs.archive.flow import Flow

START = re.compile(rb"WARC/\d{1,2}\.\d{1,2}[ \t]*\r?\n[A-Za-z][A-Za-z0-9-]{0,40}[ \t]*:")
"""The beginning of a record: its version, and the name of its first field."""
SEEN = 64
"""The most bytes of a START."""
STEP = 1 << 20
"""How many bytes are searched at a time."""
Foreign = Callable[[bytes, int], bool]
"""Whether something else, such as a compressed member, begins at an index of the buffer."""


def find_record(flow: Flow, start: int, end: int | None = None, foreign: Foreign | None = None) -> int | None:
    """Go to the first record that begins in `[start, end)` and return its offset; else go to the end."""
    flow.rewind(start)
    while (end is None or flow.position < end) and (held := flow.fill(STEP)):
        buffer, at = flow.ahead
        limit = at + held if end is None else min(at + held, at + end - flow.position + SEEN)
        found = START.search(buffer, at, limit)
        until = found.start() if found else limit
        if foreign is not None:
            other = _first_foreign(buffer, at, until, foreign)
            if other is not None:
                flow.move(other - at)
                return flow.position
        if found and (end is None or flow.position + found.start() - at < end):
            flow.move(found.start() - at)
            return flow.position
        if held < STEP:
            flow.move(held)
        else:
            flow.move(held - (1 << 12))
    if end is not None and flow.position > end:
        flow.rewind(end)
    return None


def _first_foreign(buffer: bytes, start: int, end: int, foreign: Foreign) -> int | None:
    for magic in (b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"):
        at = buffer.find(magic, start, end)
        while at >= 0:
            if foreign(buffer, at):
                return at
            at = buffer.find(magic, at + 1, end)
    return None
