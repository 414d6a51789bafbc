"""Token ids in Megatron's layout, read back by a reader that was written from the layout alone."""

from __future__ import annotations

import io
import struct

import pytest

from decantry.jobs.explore.export.sink import Sink
from decantry.jobs.explore.export.token_file import TokenFile, type_of
from tests.oracles.mmidx import documents


def written(type_: str, *texts: list[int]) -> tuple[bytes, bytes]:
    out = io.BytesIO()
    tokens = TokenFile(Sink(out), type_)
    for ids in texts:
        tokens.add(ids)
    return out.getvalue(), tokens.index()


def test_the_bytes_of_two_documents() -> None:
    ids, index = written("uint16", [1, 2, 0xABCD], [7])
    assert ids == bytes.fromhex("0100 0200 cdab 0700")
    assert index == b"".join(
        (
            b"MMIDIDX\x00\x00",
            struct.pack("<Q", 1),
            b"\x08",
            struct.pack("<QQ", 2, 3),
            struct.pack("<2i", 3, 1),
            struct.pack("<2q", 0, 6),
            struct.pack("<3q", 0, 1, 2),
        )
    )


@pytest.mark.parametrize("type_", ["uint16", "int32"])
def test_a_reader_of_the_layout_finds_the_documents(type_: str) -> None:
    texts = [[5, 0], [0], [65_499, 3, 0], list(range(1000))]
    assert documents(*written(type_, *texts)) == texts
    assert documents(*written(type_)) == []


def test_large_vocabularies_take_four_bytes() -> None:
    assert [type_of(vocabulary) for vocabulary in (300, 65_499, 65_500, 128_256)] == [
        "uint16", "uint16", "int32", "int32",
    ]  # fmt: skip
    assert documents(*written("int32", [128_255, 0])) == [[128_255, 0]]


def test_an_id_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(OverflowError):
        written("uint16", [65_536])
