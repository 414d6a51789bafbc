"""Which bytes of which archives each task reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.sources.names import without_query

if TYPE_CHECKING:
    from decantry.jobs.sources.source import Source

SMALLEST_PART = 2 << 20
"""A file is not cut into parts smaller than this, in bytes."""
SMALL_TASK = 8 << 20
"""Small archives are read together until a task has so many bytes."""
PARTS_A_CORE = 2
"""Tasks for each core, where archives are cut so that all cores are busy."""

_CUTTABLE = re.compile(r"\.(jsonl|ndjson|json|parquet|gz|zst)$")
_WHOLE = re.compile(r"\.(jsonl|ndjson|json|parquet)\.(gz|zst)$")
"""Packed texts are one stream, which has no beginning but its first byte."""


@dataclass(frozen=True)
class Part:
    """What starts in `[start, end)` of a source: records, lines or row groups. Where `end` is None, up to its end."""

    source: Source
    start: int = 0
    end: int | None = None

    @property
    def weight(self) -> int:
        """How many bytes it covers."""
        return (self.end if self.end is not None else self.source.bytes or 0) - self.start


def plan(sources: Sequence[Source], cores: int) -> list[list[Part]]:
    """The parts that each task reads, the longest tasks first. Every byte of every source is in exactly one part."""
    total = sum(source.bytes or 0 for source in sources)
    size = max(SMALLEST_PART, total // (PARTS_A_CORE * cores) + 1)
    parts = [part for source in sources for part in cut(source, size)]
    parts.sort(key=lambda part: (-part.weight, part.source.path, part.start))
    limit = min(SMALL_TASK, total // (PARTS_A_CORE * cores))
    tasks: list[list[Part]] = []
    weight = 0
    for part in parts:
        if tasks and weight + part.weight <= limit:
            tasks[-1].append(part)
            weight += part.weight
        else:
            tasks.append([part])
            weight = part.weight
    return tasks


def cut(source: Source, size: int) -> list[Part]:
    """The source in equal parts of at most `size` bytes, where its name says that it can be entered in the middle."""
    length = source.bytes or 0
    name = without_query(source.uri).lower()
    count = -(-length // size) if _CUTTABLE.search(name) and not _WHOLE.search(name) else 1
    if count <= 1:
        return [Part(source)]
    edges = [length * index // count for index in range(count)]
    return [Part(source, start, end) for start, end in zip(edges, [*edges[1:], None], strict=True)]
