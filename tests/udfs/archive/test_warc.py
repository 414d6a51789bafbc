from __future__ import annotations

import gzip
import io
import random
from typing import Any, BinaryIO

import pytest
import zstandard

from decantry.udfs.archive.record import Record
from decantry.udfs.archive.warc import Damage, Entry, Handover, Read, read_archive
from tests.warc_files import gz, identity, record, response, warcinfo, zst

RECORDS = [warcinfo("TEST-1"), response("a"), response("b"), record("metadata", b"k: v", "b")]
NAMES = ["warcinfo:", "response:a", "response:b", "metadata:b"]


def take(record: Record) -> str:
    record.read()
    return str(record.headers.get("WARC-Record-ID"))


def read(data: bytes, start: int = 0, end: int | None = None) -> list[Read[str]]:
    def open_at(offset: int) -> BinaryIO:
        stream = io.BytesIO(data)
        stream.seek(offset)
        return stream

    return list(read_archive(open_at, data[:8], take, start, end))


def ids(found: list[Read[str]]) -> list[str]:
    return [one.value for one in found if isinstance(one, Entry)]


def damages(found: list[Read[str]]) -> list[tuple[int, int | None, str]]:
    return [(one.offset, one.length, one.reason) for one in found if isinstance(one, Damage)]


@pytest.mark.parametrize("pack", [lambda *r: b"".join(r), gz, zst], ids=["plain", "gzip", "zstd"])
def test_every_record_has_its_offset_and_length(pack: Any) -> None:
    data = pack(*RECORDS)
    found = read(data)
    assert ids(found) == [identity(name) for name in NAMES]
    places = [(one.offset, one.length) for one in found if isinstance(one, Entry)]
    lengths = [len(pack(one)) for one in RECORDS]
    assert places == [(sum(lengths[:i]), lengths[i]) for i in range(4)]
    for (offset, length), name in zip(places, NAMES, strict=True):
        assert length is not None
        assert ids(read(data[offset : offset + length])) == [identity(name)]


def test_a_zstd_file_may_begin_with_its_dictionary() -> None:
    words = [f"line {i} of a text that every record holds; ".encode() * 3 for i in range(400)]
    dictionary = zstandard.train_dictionary(2000, words)
    pack = zstandard.ZstdCompressor(dict_data=dictionary).compress
    frame = dictionary.as_bytes()
    data = b"\x5d\x2a\x4d\x18" + len(frame).to_bytes(4, "little") + frame + b"".join(map(pack, RECORDS))
    assert ids(read(data)) == [identity(name) for name in NAMES]


def test_records_that_share_a_member_have_different_offsets() -> None:
    found = read(gzip.compress(b"".join(RECORDS)))
    assert ids(found) == [identity(name) for name in NAMES]
    assert [(one.offset, one.length) for one in found if isinstance(one, Entry)] == [(k, None) for k in range(4)]


def test_a_record_that_continues_in_the_next_member() -> None:
    long = response("a", b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 500)
    data = gz(RECORDS[0]) + gzip.compress(long[:300]) + gzip.compress(long[300:]) + gz(RECORDS[2])
    found = read(data)
    assert ids(found) == [identity(name) for name in ("warcinfo:", "response:a", "response:b")]
    assert damages(found) == []


@pytest.mark.parametrize("pack", [gz, zst], ids=["gzip", "zstd"])
def test_the_parts_of_a_file_have_all_of_its_records(pack: Any) -> None:
    data = pack(*[response(f"p{i}") for i in range(9)])
    whole = [one for one in read(data) if not isinstance(one, Handover)]
    borders = [one.offset for one in whole if isinstance(one, Entry)][1:]
    for cut in [*range(1, len(data), 37), *borders]:
        left, right = read(data, 0, cut), read(data, cut)
        assert [one for one in left + right if not isinstance(one, Handover)] == whole
        assert isinstance(left[-1], Handover) and isinstance(right[-1], Handover)
        assert left[-1].next == right[-1].first


def test_parts_do_not_meet_if_an_archive_contains_an_archive() -> None:
    inner = gz(response("inner"), response("inner2"))
    stored = gzip.compress(response("outer", b"HTTP/1.1 200 OK\r\n\r\n" + inner), compresslevel=0)
    data = gz(RECORDS[0]) + stored + gz(RECORDS[2])
    cut = len(gz(RECORDS[0])) + 200
    left, right = read(data, 0, cut), read(data, cut)
    assert isinstance(left[-1], Handover) and isinstance(right[-1], Handover)
    assert left[-1].next != right[-1].first
    assert ids(read(data)) == [identity(name) for name in ("warcinfo:", "response:outer", "response:b")]


A, B, C = gz(RECORDS[1]), gz(RECORDS[2]), gz(response("c"))
N = len(A)


def flipped(member: bytes, at: int) -> bytes:
    return member[:at] + bytes([member[at] ^ 0xFF]) + member[at + 1 :]


@pytest.mark.parametrize(
    ("data", "kept", "damage"),
    [
        (A + flipped(B, -6) + C, "ac", [(N, len(B), "bad_compression")]),
        (A + flipped(B, 60) + C, "ac", [(N, len(B), "bad_compression")]),
        (A + B[:-60] + C, "ac", [(N, len(B) - 60, "bad_compression")]),
        (A + b"garbage" + B, "ab", [(N, 7, "bad_record")]),
        (A + b"\0" * 512, "a", [(N, 512, "bad_record")]),
        (A + gzip.compress(b"") + B, "ab", []),
        (A + B[:-8], "ab", [(N + 1, len(B) - 9, "cut_short")]),
        (A + B[:-60], "a", [(N, len(B) - 60, "cut_short")]),
        (A + B[:8], "a", [(N, 8, "cut_short")]),
        (b"garbage" + A, "a", [(0, 7, "bad_record")]),
        (b"", "", []),
    ],
)
def test_damage_is_reported_and_affects_no_other_record(
    data: bytes, kept: str, damage: list[tuple[int, int, str]]
) -> None:
    found = read(data)
    assert ids(found) == [identity(f"response:{name}") for name in kept]
    assert damages(found) == damage


def test_a_wrong_content_length() -> None:
    block = b"HTTP/1.1 200 OK\r\n\r\n" + b"hello" * 20
    much = gz(record("response", block, "liar", length=5000))
    found = read(A + much + C)
    assert ids(found) == [identity("response:a"), identity("response:c")]
    assert damages(found) == [(N, len(much), "short_record")]
    little = gz(record("response", block, "liar", length=30))
    found = read(A + little + C)
    assert ids(found) == [identity("response:a"), identity("response:liar"), identity("response:c")]
    assert damages(found) == [(N + 1, None, "bad_record")]


def test_reading_an_uncompressed_file_continues_after_damage() -> None:
    first, broken, last = RECORDS[1], record("response", b"x" * 90, "liar", length=20), RECORDS[2]
    found = read(first + broken + last)
    assert ids(found)[0] == identity("response:a") and ids(found)[-1] == identity("response:b")
    assert [reason for _, _, reason in damages(found)] == ["bad_record"]
    found = read(first + last[:-40])
    assert ids(found) == [identity("response:a")]
    assert damages(found) == [(len(first), len(last) - 40, "cut_short")]


def test_an_error_of_the_file_is_not_damage() -> None:
    class Broken(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise TimeoutError("the store is gone")

    for head in (b"\x1f\x8b\x08", b"WARC/1.1"):
        with pytest.raises(TimeoutError):
            list(read_archive(lambda offset: Broken(), head, take))


@pytest.mark.parametrize("body", [b"x" * 3_000_000, random.Random(1).randbytes(3_000_000)], ids=["even", "uneven"])
@pytest.mark.parametrize("length", [100, 5_000, 200_000])
@pytest.mark.parametrize("pack", [gz, zst], ids=["gzip", "zstd"])
def test_a_large_record_with_a_long_header(pack: Any, length: int, body: bytes) -> None:
    large = record("response", body, "large", X_Long="h" * length)
    assert ids(read(pack(large, response("b")))) == [identity("response:large"), identity("response:b")]


def test_a_short_record_followed_by_others_in_its_member() -> None:
    short = gz(b"WARC/1.0\r\nContent-Length: 0\r\n\r\n\r\n\r\n")
    found = read(short + gz(b"no record") + gz(response("b")))
    assert [one.length for one in found if isinstance(one, Entry)][-1] == len(gz(response("b")))
    assert ids(found)[-1] == identity("response:b")
