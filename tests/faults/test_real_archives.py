"""Real, damaged and odd archives: the recovered records are compared with a reader that shares no code with ours."""

from __future__ import annotations

import gzip
import hashlib
import io
import zlib
from pathlib import Path

import pytest
from fastwarc.stream_io import BrotliReader
from warcio.archiveiterator import ArchiveIterator
from warcio.recordloader import ArcWarcRecord

from decantry.udfs.archive.candidates import GivenText, Page, take
from decantry.udfs.archive.warc import Damage, Entry, read_archive

DAMAGED = {
    "clipped.warc.gz": [(0, 18184, "cut_short")],
    "example-trunc.warc": [(2560, 6, "bad_record")],
    "transfer_compression_none_truncated.warc.gz": [(881, 619, "cut_short")],
}
"""The archives with bytes that are not a record: offset, length and reason, found by hand in a hex dump."""
NAMES = [
    "faults/clipped.warc.gz", "faults/example-bad-non-chunked.warc.gz", "faults/example-digest.warc",
    "faults/example-iana.org-chunked.warc", "faults/example-resource.warc.gz",
    "faults/example-space-in-target-uri.warc.gz", "faults/example-trunc.warc",
    "faults/example-wget-bad-target-uri.warc.gz", "faults/example-wrong-chunks.warc.gz", "faults/example.warc",
    "faults/example.warc.gz", "faults/post-test.warc.gz", "faults/transfer_compression_brotli.warc",
    "faults/transfer_compression_brotli.warc.gz", "faults/transfer_compression_gzip.warc",
    "faults/transfer_compression_gzip.warc.gz", "faults/transfer_compression_gzip_chunked.warc.gz",
    "faults/transfer_compression_none.warc", "faults/transfer_compression_none.warc.gz",
    "faults/transfer_compression_none_truncated.warc.gz", "commoncrawl/cc-main-2016-50-excerpt.warc.gz",
    "commoncrawl/cc-main-2016-50-excerpt.warc.wet.gz", "commoncrawl/cc-main-2020-34-excerpt.warc.gz",
    "commoncrawl/cc-main-2024-22-whirlwind.warc.gz", "commoncrawl/cc-main-2024-22-whirlwind.warc.wat.gz",
    "commoncrawl/cc-main-2024-22-whirlwind.warc.wet.gz", "commoncrawl/wget-sites-0000.warc.gz",
]  # fmt: skip
UNCHUNKED = "faults/example-wrong-chunks.warc.gz"
"""Its records continue over several gzip members. warcio stops there, so the body is extracted by hand."""


def recovered(data: bytes) -> tuple[dict[str, str], list[tuple[int, int | None, str]]]:
    """The sha1 of each payload by record id, and the damage."""
    payloads, damages = {}, []
    for read in read_archive(lambda offset: io.BytesIO(data[offset:]), data[:8], take):
        if isinstance(read, Damage):
            damages.append((read.offset, read.length, read.reason))
        elif isinstance(read, Entry) and isinstance(read.value, Page | GivenText):
            value = read.value
            payload = value.html if isinstance(value, Page) else value.text
            payloads[value.id] = hashlib.sha1(payload).hexdigest()
    return payloads, damages


def by_warcio(data: bytes) -> dict[str, str]:
    """The sha1 of each page's or text's payload by record id, as read by warcio, without truncated records."""
    payloads = {}
    for record in ArchiveIterator(io.BytesIO(data)):
        if is_page(record) and record.rec_headers.get_header("WARC-Record-ID") not in cut(data):
            payloads[record.rec_headers.get_header("WARC-Record-ID")] = hashlib.sha1(payload_of(record)).hexdigest()
    return payloads


def is_page(record: ArcWarcRecord) -> bool:
    if record.rec_type == "conversion":
        return True
    if record.rec_type == "resource":
        return "html" in (record.rec_headers.get_header("Content-Type") or "")
    if record.rec_type != "response" or record.http_headers.get_statuscode() != "200":
        return False
    return "html" in (record.http_headers.get_header("Content-Type") or "")


def payload_of(record: ArcWarcRecord) -> bytes:
    if record.http_headers and record.http_headers.get_header("Content-Encoding") == "br":
        return bytes(BrotliReader(io.BytesIO(record.raw_stream.read())).read())
    return bytes(record.content_stream().read())


def cut(data: bytes) -> set[str]:
    """The id of the last record of a gzip file that ends inside a member."""
    last, rest = b"", data
    while rest.startswith(b"\x1f\x8b"):
        decoder = zlib.decompressobj(31)
        last, rest = decoder.decompress(rest), decoder.unused_data
        if not decoder.eof:
            return {line[16:].decode() for line in last.splitlines() if line.startswith(b"WARC-Record-ID: ")}
    return set()


@pytest.mark.parametrize("name", NAMES)
def test_recovered_records_equal_those_of_an_independent_reader(name: str, shared_data: Path) -> None:
    data = (shared_data / name).read_bytes()
    payloads, damages = recovered(data)
    assert damages == DAMAGED.get(Path(name).name, [])
    if name == UNCHUNKED:
        body = gzip.decompress(data).split(b"\r\n\r\n", 2)[2][
            :1270
        ]  # the length of the record less that of its HTTP header
        assert list(payloads.values()) == [hashlib.sha1(body).hexdigest()]
        return
    # warcio does not read several records in one member: the file is unpacked for it
    given = gzip.decompress(data) if "non-chunked" in name else data
    assert payloads == by_warcio(given)


def test_every_archive_of_the_folders_is_tried(shared_data: Path) -> None:
    folders = [shared_data / "faults", shared_data / "commoncrawl"]
    assert {f"{path.parent.name}/{path.name}" for folder in folders for path in folder.iterdir()} == set(NAMES)
