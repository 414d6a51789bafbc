"""Fault 10: damage at random positions. All undamaged records are recovered, and each damage is one reject."""

from __future__ import annotations

import gzip
import io
from random import Random

import pytest
import zstandard
from hypothesis import example, given, settings
from hypothesis import strategies as st

from decantry.udfs.archive.candidates import Page, take
from decantry.udfs.archive.warc import Damage, Entry, Handover, Read, read_archive
from tests.faults.damage import KINDS
from tests.warc_files import gz, identity, page

NAMES = [f"page{number}" for number in range(7)]
RECORDS = [page(name, f"This is {name}, and it says {Random(name).randbytes(300).hex()}.") for name in NAMES]
PACKS = {
    "plain": bytes,
    "gzip": gz,
    "zstd": zstandard.ZstdCompressor(write_checksum=True).compress,
    "stored": lambda one: gzip.compress(one, 0),
}


def entries(data: bytes, start: int = 0, end: int | None = None) -> list[Read[object]]:
    return list(read_archive(lambda offset: io.BytesIO(data[offset:]), data[:8], take, start, end))


def ids(found: list[Read[object]]) -> set[str]:
    return {one.value.id for one in found if isinstance(one, Entry) and isinstance(one.value, Page)}


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 1 << 32))
@example(seed=49314)  # a padding of one zero
@example(seed=211)  # after the dropped bytes, the record's length ends exactly at the end of the next header
def test_undamaged_records_are_recovered(kind: str, pack: str, seed: int) -> None:
    members = [PACKS[pack](one) for one in RECORDS]
    damaged, lost = KINDS[kind](members, Random(seed))
    data = b"".join(damaged)
    found = entries(data)
    kept = {identity(f"response:{name}") for index, name in enumerate(NAMES) if index not in lost}
    missing = {identity(f"response:{NAMES[index]}") for index in lost} - ids(found)
    assert kept <= ids(found)
    damages = [one for one in found if isinstance(one, Damage)]
    if kind == "cut":
        assert len(damages) <= 1, "a file that ends where a record does is not damaged"
    elif kind in ("insert", "pad"):
        one_zero = kind == "pad" and len(data) == sum(map(len, members)) + 1
        assert len(damages) == (0 if one_zero else 1), "one zero after a record is no damage"
    elif pack == "stored":
        assert len(damages) <= 2, (
            "where its gzip header is gone, the record is read as it stands, and its checksum is left"
        )
    elif pack != "plain":
        assert len(damages) <= 1
    # in an uncompressed file, a damaged header may still be readable, so the record has another id
    if missing and pack != "plain":
        assert damages
    for one in damages:
        assert one.length is None or 0 < one.offset + one.length <= len(data)


@pytest.mark.parametrize("pack", ["gzip", "zstd"])
@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 1 << 32), cut=st.floats(0.05, 0.95))
def test_parts_of_a_damaged_file_meet_or_are_read_as_one(pack: str, seed: int, cut: float) -> None:
    random = Random(seed)
    members = [PACKS[pack](one) for one in RECORDS]
    members, _ = KINDS[random.choice(["flip", "blot", "drop", "insert", "pad"])](members, random)
    data = b"".join(members)
    whole = entries(data)
    edge = max(1, int(len(data) * cut))
    left, right = entries(data, 0, edge), entries(data, edge)
    assert isinstance(left[-1], Handover) and isinstance(right[-1], Handover)
    if left[-1].next == right[-1].first:
        parts = [one for one in left + right if not isinstance(one, Handover)]
        assert parts == [one for one in whole if not isinstance(one, Handover)]
