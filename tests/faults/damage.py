"""Damage at random positions of an archive. Each kind takes the archive's members, and returns the records that may be
lost."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from random import Random

import zstandard

Members = list[bytes]
Damaged = tuple[Members, set[int]]
"""The members, and the indexes of those whose records may be lost."""


def flip(members: Members, random: Random) -> Damaged:
    """Flip one bit of one member."""
    which = random.randrange(len(members))
    member = bytearray(members[which])
    member[random.randrange(len(member))] ^= 1 << random.randrange(8)
    return [*members[:which], bytes(member), *members[which + 1 :]], {which}


def blot(members: Members, random: Random) -> Damaged:
    """Overwrite some bytes of one member with zeros."""
    which = random.randrange(len(members))
    member = members[which]
    at = random.randrange(len(member))
    size = random.randrange(1, len(member) - at + 1)
    return [*members[:which], member[:at] + bytes(size) + member[at + size :], *members[which + 1 :]], {which}


def drop(members: Members, random: Random) -> Damaged:
    """Remove some bytes of one member."""
    which = random.randrange(len(members))
    member = members[which]
    at = random.randrange(len(member) - 1)
    end = random.randrange(at + 1, len(member))
    return [*members[:which], member[:at] + member[end:], *members[which + 1 :]], {which}


def insert(members: Members, random: Random) -> Damaged:
    """Insert random bytes between two members, or before or after all."""
    at = random.randrange(len(members) + 1)
    return [*members[:at], random.randbytes(random.randrange(1, 3000)), *members[at:]], set()


def pad(members: Members, random: Random) -> Damaged:
    """Insert zero bytes between two members, or after all."""
    at = random.randrange(1, len(members) + 1)
    return [*members[:at], bytes(random.randrange(1, 3000)), *members[at:]], set()


def cut(members: Members, random: Random) -> Damaged:
    """Remove the end of the file, from inside a member on."""
    which = random.randrange(len(members))
    return [*members[:which], members[which][: random.randrange(1, len(members[which]))]], set(
        range(which, len(members))
    )


def lie(members: Members, random: Random) -> Damaged:
    """Write a wrong Content-Length."""
    which = random.randrange(len(members))
    member = members[which]
    pack, unpack = _packing(member)
    record = unpack(member)
    length = int(re.search(rb"Content-Length: (\d+)", record)[1])  # type: ignore[index]
    wrong = random.choice([0, length // 2, length - 5, length + 5, 2 * length + 9, 1 << 31])
    record = re.sub(rb"Content-Length: \d+", b"Content-Length: %d" % max(0, wrong), record, count=1)
    return [*members[:which], pack(record), *members[which + 1 :]], {which}


def _packing(member: bytes) -> tuple[Callable[[bytes], bytes], Callable[[bytes], bytes]]:
    if member.startswith(b"\x1f\x8b"):
        return gzip.compress, gzip.decompress
    if member.startswith(b"\x28\xb5\x2f\xfd"):
        return zstandard.ZstdCompressor(write_checksum=True).compress, zstandard.ZstdDecompressor().decompress
    return bytes, bytes


KINDS: dict[str, Callable[[Members, Random], Damaged]] = {
    one.__name__: one for one in (flip, blot, drop, insert, pad, cut, lie)
}
