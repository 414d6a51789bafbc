"""Plans which byte ranges of which files each task reads."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decantry.jobs.sources.names import without_query

if TYPE_CHECKING:
    from decantry.jobs.sources.source import Source

SMALLEST_PART = 2 << 20
"""The smallest part that a file is cut into, in bytes."""
SMALL_TASK = 8 << 20
"""Small parts are combined into tasks of at most this size, in bytes."""
PARTS_PER_CORE = 2
"""Tasks for each core. More than one, because parts take different times."""

_SPLITTABLE = re.compile(r"\.(jsonl|ndjson|json|jsonlines|jl|parquet|parq|pq|gz|gzip|zst|zstd)$")
_COMPRESSED_ROWS = re.compile(r"\.(jsonl|ndjson|json|jsonlines|jl|parquet)\.(gz|gzip|zst|zstd)$")
"""A compressed file of rows is one stream, which can only be read from its first byte."""


@dataclass(frozen=True)
class Part:
    """The records, lines or row groups that start in `[start, end)` of a source, in bytes. None is the file's end."""

    source: Source
    start: int = 0
    end: int | None = None

    @property
    def weight(self) -> int:
        """The size of the part in bytes."""
        return (self.end if self.end is not None else self.source.bytes or 0) - self.start


def plan(sources: Sequence[Source], cores: int) -> list[list[Part]]:
    """The parts that each task reads, the largest first. Every byte of every source is in exactly one part."""
    total = sum(source.bytes or 0 for source in sources)
    size = max(SMALLEST_PART, total // (PARTS_PER_CORE * cores) + 1)
    parts = [part for source in sources for part in cut(source, size)]
    parts.sort(key=lambda part: (-part.weight, part.source.path, part.start))
    limit = min(SMALL_TASK, total // (PARTS_PER_CORE * cores))
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
    """The source in equal parts of at most `size` bytes, or in one part if its name says that it cannot be split."""
    length = source.bytes or 0
    name = without_query(source.uri).lower()
    count = -(-length // size) if _SPLITTABLE.search(name) and not _COMPRESSED_ROWS.search(name) else 1
    if count <= 1:
        return [Part(source)]
    edges = [length * index // count for index in range(count)]
    return [Part(source, start, end) for start, end in zip(edges, [*edges[1:], None], strict=True)]
