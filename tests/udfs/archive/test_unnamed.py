"""Codings that no header names, or that a header names wrongly: the page is read, or the record is rejected."""

from __future__ import annotations

import gzip
import io
import random
import tarfile
import zlib

import pytest
import zstandard

from decantry.udfs.archive.candidates import Page, Rejected, Skipped
from tests.udfs.archive.test_candidates import HTML, PDF, taken
from tests.udfs.archive.test_http import brotli, raw_deflate
from tests.warc_files import http, record, response, sha1

WORDS = HTML + b"".join(b"<p>word %d" % random.Random(number).randrange(10**9) for number in range(9999))
GZ, ZSTD = gzip.compress(HTML), zstandard.compress(HTML)


def packed_folder() -> bytes:
    folder = io.BytesIO()
    with tarfile.open(fileobj=folder, mode="w:gz") as tar:
        entry = tarfile.TarInfo("words.txt")
        entry.size = 12
        tar.addfile(entry, io.BytesIO(b"A few words."))
    return folder.getvalue()


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        (None, GZ),  # archivesunleashed/aut#493, mnutt/davros#94, caddyserver/caddy#448
        (None, ZSTD),
        (None, zlib.compress(HTML)),
        (None, brotli(HTML * 9)),
        (None, gzip.compress(GZ)),
        (None, b"%x\r\n%b\r\n0\r\n\r\n" % (len(GZ), GZ)),
        ("gzip", gzip.compress(GZ)),  # compressed twice, and named once
        ("gzip", gzip.compress(brotli(HTML * 9))),
        ("identity", GZ),
        ("none", GZ),
        ("utf-8", GZ),
        ("gzip utf-8", GZ),
        ("gzip/deflate", GZ),
        ("brotli", brotli(HTML * 9)),
        ("x-zstd", ZSTD),
        ("br", GZ),
        ("zstd", GZ),
        ("gzip", ZSTD),
        ("deflate", ZSTD),
        ("br", ZSTD),
    ],
)
def test_a_page_in_a_coding_that_its_header_does_not_name(coding: str | None, body: bytes) -> None:
    fields = {"Content_Encoding": coding} if coding else {}
    for declared in ("text/html", None):
        found = taken(response("a", http(body, content_type=declared, **fields)))
        assert isinstance(found, Page), (declared, found)
        assert found.html in (HTML, HTML * 9)


def test_words_in_gzip_are_a_page_if_they_are_declared_as_one() -> None:
    found = taken(response("a", http(gzip.compress(b"Words alone."))))
    assert isinstance(found, Page) and found.html == b"Words alone."
    found = taken(record("resource", GZ, "a", Content_Type="text/html"))
    assert isinstance(found, Page) and found.html == HTML


@pytest.mark.parametrize(
    ("declared", "body"),
    [
        ("text/html", gzip.compress(PDF)),
        ("text/html", packed_folder()),
        ("text/html", raw_deflate(WORDS)),
        ("text/html", b"\x1f\x8b\x08\0 no gzip" + bytes(range(256))),
        ("application/gzip", GZ),  # a file to download
        ("application/octet-stream", GZ),
        ("image/png", GZ),
    ],
)
def test_other_compressed_files_are_not_pages(declared: str, body: bytes) -> None:
    assert taken(response("a", http(body, content_type=declared))) == Skipped("not_html")


@pytest.mark.parametrize(
    ("declared", "body", "fields"),
    [
        ("text/html", GZ[:-20], {}),
        ("text/html", ZSTD[:-9], {"Content_Encoding": "utf-8"}),
        (None, gzip.compress(HTML)[:-20], {"Content_Encoding": "gzip"}),
        (None, b"%x\r\n%b" % (len(HTML) + 9, HTML), {"Transfer_Encoding": "chunked"}),
        ("application/octet-stream", b"%x\r\n%b" % (len(HTML) + 9, HTML), {"Transfer_Encoding": "chunked"}),
    ],
)
def test_a_damaged_page_is_rejected_whatever_its_header_says(
    declared: str | None, body: bytes, fields: dict[str, str]
) -> None:
    assert isinstance(taken(response("a", http(body, content_type=declared, **fields))), Rejected)


def test_a_damaged_picture_is_no_candidate() -> None:
    body = b"%x\r\n\x89PNG\r\n" % 900
    for declared in ("image/png", None):
        assert taken(response("a", http(body, content_type=declared, Transfer_Encoding="chunked"))) == Skipped(
            "not_html"
        )


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
@pytest.mark.parametrize(
    "before",
    [b"", b"\n", b"\r\n", b" \t", b"\xef\xbb\xbf", b"Words first. ", b"Kind words. ", "\ufeff".encode("utf-16-le")],
)
def test_a_body_that_was_decoded_may_begin_with_anything(coding: str, before: bytes) -> None:
    """A line end or a letter may be the first bits of a deflated block."""
    body = before + (HTML.decode().encode("utf-16-le") if before.startswith(b"\xff\xfe") else HTML)
    found = taken(response("a", http(body, Content_Encoding=coding)))
    assert isinstance(found, Page) and found.html == body


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        (gzip.compress(WORDS), {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
        (gzip.compress(WORDS), {"Transfer_Encoding": "gzip, chunked"}),
        (gzip.compress(WORDS), {"Transfer_Encoding": "chunked"}),
        (brotli(WORDS), {"Transfer_Encoding": "chunked", "Content_Encoding": "br"}),
        (zstandard.compress(WORDS), {"Content_Encoding": "gzip"}),
        (gzip.compress(zlib.compress(WORDS)), {"Content_Encoding": "deflate, gzip"}),
    ],
)
def test_of_a_body_that_the_crawler_cut_each_coding_is_decoded_up_to_the_cut(
    body: bytes, fields: dict[str, str]
) -> None:
    stored = b"%x\r\n%b" % (len(body), body) if "Transfer_Encoding" in fields else body
    block = http(stored[:-3000], **fields)
    found = taken(response("a", block, WARC_Truncated="length"))
    assert isinstance(found, Page)
    assert WORDS.startswith(found.html) and len(found.html) > len(WORDS) / 2
    assert isinstance(taken(response("a", block)), Rejected)


CHUNKS = b"%x\r\n%b\r\n0\r\n\r\n" % (len(HTML), HTML)


@pytest.mark.parametrize("body", [CHUNKS, gzip.compress(CHUNKS), zstandard.compress(CHUNKS), zlib.compress(CHUNKS)])
def test_no_size_of_a_chunk_stays_in_a_page(body: bytes) -> None:
    kinds = [record(kind, body, "a", Content_Type="text/html") for kind in ("resource", "conversion", "response")]
    for data in (response("a", http(body)), *kinds):
        found = taken(data)
        assert isinstance(found, Page) and found.html == HTML


def test_a_sitemap_in_gzip_is_no_page() -> None:
    sitemap = b"<?xml version='1.0'?><urlset><url><loc>https://a.example.org/</loc></url></urlset>"
    assert taken(response("a", http(gzip.compress(sitemap)))) == Skipped("not_html")


def test_blank_lines_before_gzip() -> None:
    found = taken(response("a", http(b"\r\n" + GZ)))
    assert isinstance(found, Page) and found.html == HTML


@pytest.mark.parametrize("kind", ["resource", "conversion", "response"])
def test_the_digest_of_a_stored_page_is_that_of_the_stored_or_of_the_decoded_bytes(kind: str) -> None:
    for digest in (
        {"WARC_Payload_Digest": sha1(GZ)},
        {"WARC_Payload_Digest": sha1(HTML)},
        {"WARC_Block_Digest": sha1(GZ)},
    ):
        found = taken(record(kind, GZ, "a", Content_Type="text/html", **digest))
        assert isinstance(found, Page) and (found.html, found.digest_ok) == (HTML, True)
    found = taken(record(kind, GZ, "a", Content_Type="text/html", WARC_Block_Digest=sha1(HTML)))
    assert isinstance(found, Page) and found.digest_ok is False


@pytest.mark.parametrize("kind", ["resource", "conversion", "response"])
def test_a_stored_page_that_cannot_be_decoded_is_rejected(kind: str) -> None:
    cut = gzip.compress(WORDS)[:-2000]
    damaged = taken(record(kind, cut, "a", Content_Type="text/html"))
    assert isinstance(damaged, Rejected) and damaged.reason == "bad_content_encoding"
    part = taken(record(kind, cut, "a", Content_Type="text/html", WARC_Truncated="length"))
    assert isinstance(part, Page) and part.html.startswith(HTML) and WORDS.startswith(part.html)
    large = taken(record(kind, gzip.compress(HTML + b" " * (17 << 20)), "a", Content_Type="text/html"))
    assert isinstance(large, Rejected) and large.reason == "too_large"


def test_a_damaged_byte_in_gzip_without_a_name_is_a_reject() -> None:
    packed = bytearray(gzip.compress(WORDS[:6000]))
    packed[len(packed) // 2] ^= 0xFF
    found = taken(response("a", http(bytes(packed))))
    assert isinstance(found, Rejected) and found.reason == "bad_content_encoding"


def test_a_page_that_is_too_large_in_a_coding_without_a_name_is_rejected() -> None:
    for body in (gzip.compress(HTML + b" " * (17 << 20)), zstandard.compress(HTML + b" " * (17 << 20))):
        for cut in (None, "length"):
            large = taken(response("a", http(body), WARC_Truncated=cut))
            assert isinstance(large, Rejected) and large.reason == "too_large"
