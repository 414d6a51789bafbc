"""The archives of one round: real ones, cut into pieces, with random damage and hostile pages among their members."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from decantry.jobs.sources.source import Source
from decantry.udfs.archive.candidates import Page, take
from decantry.udfs.archive.warc import Entry, read_archive
from tests.faults.damage import KINDS
from tests.faults.hostile import HOSTILE
from tests.warc_files import http, response

ARCHIVES = 10
"""Archives in a round."""
PIECE = 60
"""Members of a real archive that one archive of a round holds."""


@dataclass(frozen=True)
class Mixed:
    """An archive as bytes, and the ids of the pages that must come through."""

    data: bytes
    kept: frozenset[str]


def members_of(archive: Path) -> list[tuple[bytes, str | None]]:
    """Each member of a gzip archive, with the id of the page that it holds, if it holds one."""
    data = archive.read_bytes()
    found: list[tuple[bytes, str | None]] = []
    for read in read_archive(Source(str(archive), str(archive)).open, data[:8], take):
        if isinstance(read, Entry) and read.length is not None:
            id_ = read.value.id if isinstance(read.value, Page) else None
            found.append((data[read.offset : read.offset + read.length], id_))
    return found


def mixed(members: Sequence[tuple[bytes, str | None]], random: Random, name: str) -> Mixed:
    """Some of the members in a row, with hostile pages between them, and then damaged once or twice, or not at all."""
    start = random.randrange(max(1, len(members) - PIECE))
    chosen = list(members[start : start + PIECE])
    for number in range(random.randrange(3)):
        html = HOSTILE[random.choice(list(HOSTILE))]
        block = http(html[: random.randrange(len(html) + 1)])
        packed = gzip.compress(response(f"hostile-{name}-{number}", block), 1)
        chosen.insert(random.randrange(len(chosen) + 1), (packed, None))
    data = [member for member, _ in chosen]
    lost: set[int] = set()
    if random.random() < 0.8:
        data, lost = KINDS[random.choice(list(KINDS))](data, random)
    return Mixed(b"".join(data), frozenset(id_ for at, (_, id_) in enumerate(chosen) if id_ and at not in lost))


def write_round(sources: Sequence[Sequence[tuple[bytes, str | None]]], seed: int, folder: Path) -> Iterator[Mixed]:
    """The archives of a round in a folder, always the same for a seed; an id may be in two of them."""
    random = Random(seed)
    folder.mkdir(parents=True)
    for number in range(ARCHIVES):
        made = mixed(random.choice(sources), random, f"{seed}-{number}")
        (folder / f"{number}.warc.gz").write_bytes(made.data)
        yield made
