from __future__ import annotations

import gzip
import io
import random
from typing import Any

import pytest

from decantry.schemas.reject_reasons import REASONS
from decantry.udfs.archive.candidates import GivenText, Page, Rejected, Skipped, Taken, is_html, take
from decantry.udfs.archive.digest import matches
from decantry.udfs.archive.media_type import media_type
from decantry.udfs.archive.sniff import sniff
from decantry.udfs.archive.warc import Entry, read_archive
from tests.warc_files import DATE, http, identity, record, response, sha1

HTML = b"<!DOCTYPE html><html><body><p>Hello.</p></body></html>"
NOISE = random.Random(5).randbytes(500)
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3 no page"


def taken(data: bytes) -> Taken:
    found = next(read_archive(lambda offset: io.BytesIO(data[offset:]), data[:8], take))
    assert isinstance(found, Entry)
    return found.value


def test_a_page() -> None:
    block = http(HTML, Content_Language="en")
    data = response("a", block, WARC_Payload_Digest=sha1(HTML), WARC_Truncated="length")
    found = taken(data)
    assert isinstance(found, Page)
    assert (found.id, found.url, found.date) == (identity("response:a"), "https://a.example.org/", DATE)
    assert (found.status, found.content_type, found.truncated) == (200, "text/html; charset=utf-8", "length")
    assert (found.digest_ok, found.html, found.headers["content-language"]) == (True, HTML, "en")


@pytest.mark.parametrize(
    ("declared", "body", "html"),
    [
        ("text/html", b"just words", True),
        ("text/html", b"", True),
        ("application/xhtml+xml", b"<?xml version='1.0'?><html xmlns='x'>", True),
        ("text/html", PDF, False),
        ("text/html", b"\x89PNG\r\n", False),
        (None, HTML, True),
        (None, b"  <div>a fragment</div>", True),
        (None, b"just words", False),
        ("application/octet-stream", b"\xef\xbb\xbf<html>", True),
        ("text/plain", HTML, True),
        ("text/plain", b"<div>as text</div>", False),
        ("application/pdf", HTML, True),
        ("application/json", b'{"a": "<html>"}', False),
        ("application/rss+xml", b"<?xml version='1.0'?><rss>", False),
        ("text/xml", b"<?xml version='1.0'?>\n<!-- c --><!DOCTYPE html PUBLIC 'x'><html>", True),
        (None, "<html><p>wide".encode("utf-16"), True),
        (None, "<!doctype html>".encode("utf-16-be"), True),
        (None, "\n <p>wide".encode("utf-16-le"), True),
        (None, "<!-- a --><div>wide".encode("utf-32-be"), True),
        ("text/html", "<section>стена гавани".encode("utf-16-le"), True),
        ("text/html", "стена гавани построена".encode("utf-16-le"), False),
        (None, b"<!-- by hand --><meta charset=utf-8>", True),  # WHATWG MIME Sniffing, 7.1: a comment is HTML
        (None, b"<?xml version='1.0'?><!-- a feed --><rss>", False),
        (None, b"<!-- not closed", False),
        (None, b"<!doctypehtml><meta charset=utf-8>", True),  # minifiers leave out the blank
        (None, b"\xef\xbb\xbf\xef\xbb\xbf<html>", True),
        (None, b"\r\n\xef\xbb\xbf<html>", True),
    ],
)
def test_which_bodies_are_html(declared: str | None, body: bytes, html: bool) -> None:
    assert is_html(declared, body) is html


@pytest.mark.parametrize(
    "body",
    [
        b"\0\0\0\x18ftypmp42",
        b"SQLite format 3\0\x10\0\x01\x01\0\x40\x20\x20",
        b"\xff\xfb\x90\x64\0\x03\x02\x01",
        b"8BPS\0\1\0\2\3\4\5\6",
        b"\xca\xfe\xba\xbe\0\0\0\x34\x01\x02\x03",
        b"\0\0\0\x0cjP  \r\n\x87\n\x01\x02\x03",
    ],
)
def test_files_served_as_html_are_not_pages(body: bytes) -> None:
    noise = random.Random(3).randbytes(2000)
    assert not is_html("text/html", body + noise)
    assert is_html("text/html", b"\x01\x02\x03\x04\x05" * 9 + b"<p>Words among noise."), "there is a tag"
    assert is_html("text/html", "стена".encode("utf-16-le") * 9, wide=True)


@pytest.mark.parametrize(
    "declared", ["message/http", "text/html", "application/octet-stream", "http", '"application/http"', None]
)
def test_an_answer_of_http_is_read_whatever_type_its_record_has(declared: str | None) -> None:
    """As warcio does, which goes by the record's type and address."""
    for block in (http(HTML), http(HTML + b" " * (1 << 17))):
        found = taken(record("response", block, "a", Content_Type=declared))
        assert isinstance(found, Page)
        assert found.html == block.partition(b"\r\n\r\n")[2]
    assert taken(record("response", http(HTML, "404 Gone"), "a", Content_Type=declared)) == Skipped("status_404")


@pytest.mark.parametrize(
    ("identified", "header", "is_page"),
    [
        ("text/html", "application/octet-stream", True),
        ("application/xhtml+xml", "text/plain", True),
        (None, "TEXT/HTML ; charset=x", True),
        ("application/octet-stream", "text/html", True),  # it says nothing
        (None, None, True),
        ("application/pdf", "application/pdf", True),  # both lie: it says itself that it is a document
    ],
)
def test_the_identified_type_comes_first(identified: str | None, header: str | None, is_page: bool) -> None:
    found = taken(response("a", http(HTML, content_type=header), WARC_Identified_Payload_Type=identified))
    assert isinstance(found, Page) is is_page


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (record("warcinfo", b"software: x"), "warcinfo"),
        (record("request", b"GET / HTTP/1.1\r\n\r\n", "a"), "request"),
        (record("metadata", b"a: b", "a"), "metadata"),
        (record("revisit", b"HTTP/1.1 200 OK\r\n\r\n", "a"), "revisit"),
        (record("continuation", b"the rest", "a"), "continuation"),
        (record("something", b"else", "a"), "unknown"),
        (response("a", http(HTML, "404 Not Found")), "status_404"),
        (response("a", http(HTML, "301 Moved", Location="/")), "status_301"),
        (response("a", http(PDF, content_type="application/pdf")), "not_html"),
        (response("a", http(PDF)), "not_html"),
        (response("a", http(bytes(18 << 20), content_type="video/mp4")), "not_html"),
        (response("a", http(PDF + bytes(18 << 20))), "not_html"),
        (response("a", http(bytes(18 << 20), "206 Partial Content")), "status_206"),
        (response("a", b"x", Content_Type="text/dns"), "not_http"),
        (response("a", PDF, Content_Type="text/html"), "not_http"),
        (record("resource", b"\x89PNG\r\n", "a", Content_Type="image/png"), "resource"),
    ],
)
def test_records_that_are_not_candidates(data: bytes, why: str) -> None:
    assert taken(data) == Skipped(why)


@pytest.mark.parametrize("address", ["ftp://a.example.org/x.html", "https://a.example.org/"])
def test_a_response_of_html_without_http_is_a_page_without_a_status(address: str) -> None:
    """WARC 1.1, 6.2: the block is that of the address's scheme, and its type is the record's."""
    for body in (HTML, HTML + b" " * (1 << 17)):
        found = taken(response("a", body, Content_Type="text/html", WARC_Target_URI=address))
        assert isinstance(found, Page)
        assert (found.status, found.html, found.content_type) == (None, body, "text/html")


def test_a_resource_is_a_page_without_a_status() -> None:
    found = taken(record("resource", HTML, "a", Content_Type="text/html", WARC_Block_Digest=sha1(HTML)))
    assert isinstance(found, Page)
    assert (found.status, found.html, found.digest_ok) == (None, HTML, True)


def test_a_conversion_is_a_text() -> None:
    found = taken(record("conversion", b"Some words.", "a", Content_Type="text/plain"))
    assert isinstance(found, GivenText)
    assert (found.id, found.text, found.digest_ok) == (identity("conversion:a"), b"Some words.", None)
    assert isinstance(taken(record("conversion", b"Home \x01 Contact", "a", Content_Type="text/plain")), GivenText)
    assert taken(record("conversion", NOISE, "a", Content_Type="text/plain")) == Skipped("conversion")


@pytest.mark.parametrize(
    ("data", "stage", "reason"),
    [
        (response("a", b"<html>no status line"), "http", "malformed_http"),
        (response("a", http(gzip.compress(HTML)[:-9], Content_Encoding="gzip")), "http", "bad_content_encoding"),
        (response("a", http(NOISE, Content_Encoding="snappy")), "http", "unknown_content_encoding"),
        (response("a", http(b"9\r\n<html>", Transfer_Encoding="chunked")), "http", "bad_chunks"),
        (response("a", http(gzip.compress(bytes(20 << 20)), Content_Encoding="gzip")), "http", "too_large"),
        (response("a", http(bytes(18 << 20))), "http", "too_large"),
        (response("a", http(NOISE * 40_000, Content_Encoding="br")), "http", "too_large"),
        (response("a", http(b"ffff\r\n" + NOISE * 40_000, Transfer_Encoding="chunked")), "http", "too_large"),
        (response("a", WARC_Record_ID=None), "decode", "missing_id"),
        (record("conversion", b"x", "a", WARC_Record_ID=None), "decode", "missing_id"),
        (response("a", WARC_Target_URI="urn:uuid:x"), "decode", "no_host"),
    ],
)
def test_candidates_that_cannot_be_used(data: bytes, stage: str, reason: str) -> None:
    found = taken(data)
    assert isinstance(found, Rejected)
    assert (found.stage, found.reason) == (stage, reason)
    assert reason in REASONS[stage]


def test_a_body_that_the_crawler_truncated_is_used() -> None:
    body = gzip.compress(HTML * 50)[:-12]
    found = taken(response("a", http(body, Content_Encoding="gzip"), WARC_Truncated="length"))
    assert isinstance(found, Page)
    assert found.html.startswith(HTML) and found.truncated == "length"


@pytest.mark.parametrize("kind", ["response", "resource", "conversion"])
def test_the_first_segment_of_a_page_is_cut_short(kind: str) -> None:
    block, declared = (http(HTML), "application/http") if kind == "response" else (HTML, "text/html")
    found = taken(record(kind, block, "a", Content_Type=declared, WARC_Segment_Number="1"))
    assert isinstance(found, Page)
    assert found.truncated == "segment"


def test_angle_brackets_around_an_address() -> None:
    found = taken(response("a", WARC_Target_URI="<http://a.example.org/x>"))
    assert isinstance(found, Page)
    assert found.url == "http://a.example.org/x"


@pytest.mark.parametrize(
    ("digest", "ok"),
    [
        (sha1(HTML), True),
        (sha1(HTML).lower().replace("sha1", "SHA-1"), True),
        ("md5:" + "0" * 32, False),
        ("crc32:abc", None),
        ("sha1:", None),
        (None, None),
    ],
)
def test_digests(digest: str | None, ok: bool | None) -> None:
    assert matches(digest, HTML) is ok


def test_comments_do_not_stop_the_sniffer() -> None:
    assert sniff(b"<!-- a -->" * 90 + b"<html>") == "document"
    assert sniff(b"<!-- a -->" * 900 + b"<html>") == "html"


def test_media_types() -> None:
    given: list[Any] = ["Text/HTML; charset=x", "text/html,text/html", "text/html;;charset=x", "text/html (x)"]
    assert {media_type(value) for value in given} == {"text/html"}
    none: list[Any] = ["", None, "*/*", "text/*", "nonsense", "text/html:charset=x", "<text/html>", "text/html/plain"]
    assert {media_type(value) for value in none} == {None}
    assert media_type("application/vnd.oasis.opendocument.text-master+x.y!#$&'^_`|~") is not None
