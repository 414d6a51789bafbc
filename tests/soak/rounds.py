"""The archives of one round: pieces of real archives, with random damage and hostile pages between their members."""

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
"""How many archives a round has."""
PIECE = 60
"""How many members of a real archive one archive of a round contains."""


@dataclass(frozen=True)
class Mixed:
    """An archive as bytes, and the ids of the pages that must become documents."""

    data: bytes
    kept: frozenset[str]


def members_of(archive: Path) -> list[tuple[bytes, str | None]]:
    """The members of a gzip archive, each with the id of its page if it has one."""
    data = archive.read_bytes()
    found: list[tuple[bytes, str | None]] = []
    for read in read_archive(Source(str(archive), str(archive)).open, data[:8], take):
        if isinstance(read, Entry) and read.length is not None:
            id_ = read.value.id if isinstance(read.value, Page) else None
            found.append((data[read.offset : read.offset + read.length], id_))
    return found


def mixed(members: Sequence[tuple[bytes, str | None]], random: Random, name: str) -> Mixed:
    """Some consecutive members with hostile pages between them, damaged up to twice."""
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
    """Write the archives of a round to a folder. They depend only on the seed. An id may be in two of them."""
    random = Random(seed)
    folder.mkdir(parents=True)
    for number in range(ARCHIVES):
        made = mixed(random.choice(sources), random, f"{seed}-{number}")
        (folder / f"{number}.warc.gz").write_bytes(made.data)
        yield made
