"""Resources and conversions: a page or a text according to their Content-Type, or not a candidate."""

from __future__ import annotations

import random

import pytest

from decantry.udfs.archive.candidates import GivenText, Page, Rejected, Skipped
from decantry.udfs.page.page import wet_fields
from tests.udfs.archive.test_candidates import HTML, PDF, taken
from tests.warc_files import http, record, response

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + random.Random(1).randbytes(300)
NOISE = random.Random(3).randbytes(3000)
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + NOISE
WORDS = b"The harbour wall was built in three summers."
TEXT, PAGE, NOTHING = GivenText, Page, Skipped


@pytest.mark.parametrize(
    ("kind", "declared", "body", "found"),
    [
        ("conversion", "text/plain", WORDS, TEXT),
        ("conversion", "TEXT/PLAIN; charset=utf-8", WORDS, TEXT),
        ("conversion", "text/markdown", WORDS, TEXT),
        ("conversion", None, WORDS, TEXT),  # WARC 1.1, 5.6: a reader may look at the bytes
        ("conversion", "text/plain", b"", TEXT),
        ("conversion", "text/plain", b"ID3 tags are kept in a file of music.", TEXT),
        ("conversion", "text/plain", b"<html> is the first tag of a page.", TEXT),
        ("conversion", "text/html", HTML, PAGE),
        ("conversion", "application/xhtml+xml", HTML, PAGE),
        ("conversion", "text/html", b"<p>A fragment.", PAGE),
        ("conversion", None, HTML, PAGE),
        ("conversion", "application/octet-stream", HTML, PAGE),
        ("conversion", "image/png", PNG, NOTHING),  # WARC 1.1, 6.8: a picture of another format
        ("conversion", "application/pdf", PDF, NOTHING),
        ("conversion", "text/plain", PNG, NOTHING),
        ("conversion", "text/html", PNG, NOTHING),
        ("conversion", None, PNG, NOTHING),
        ("conversion", "text/plain", MP4, NOTHING),  # bytes that no text has, though no signature that is known
        ("conversion", "text/plain", NOISE, NOTHING),
        ("conversion", "text/plain; charset=utf-16le", "стена гавани".encode("utf-16-le") * 9, TEXT),
        ("conversion", "text/plain", b"\x1b[1mBold\x1b[0m words\x0c" * 9, TEXT),
        ("conversion", "text/html", NOISE, NOTHING),
        ("resource", "text/html", MP4, NOTHING),
        ("conversion", "text/xml", b"<?xml version='1.0'?><rss/>", NOTHING),
        ("conversion", "application/http; msgtype=response", http(HTML), NOTHING),
        ("conversion", "application/octet-stream", WORDS, NOTHING),
        ("conversion", "application/json", b'{"text": "words"}', NOTHING),
        ("conversion", "text/css", b"p { margin: 0 }", NOTHING),
        ("conversion", "text/javascript", b"var words = 1", NOTHING),
        ("conversion", "text/x-ecmascript", b"var words = 1", NOTHING),
        ("conversion", "text/javascript1.5", b"var words = 1", NOTHING),
        ("conversion", "image/svg+xml", b"<svg><text>words</text></svg>", NOTHING),
        ("conversion", "image/png", HTML, NOTHING),
        ("conversion", "audio/mpeg", b"ID3\x04\0\0" + PNG, NOTHING),
        ("resource", "text/html", HTML, PAGE),
        ("resource", "text/html; charset=utf-8", b"<p>A fragment.", PAGE),
        ("resource", "application/xml", HTML, PAGE),
        ("resource", None, HTML, PAGE),
        ("resource", "application/octet-stream", b"<div>A fragment.</div>", PAGE),
        ("resource", "text/plain", WORDS, NOTHING),
        ("resource", "text/plain", HTML, NOTHING),
        ("resource", "image/png", PNG, NOTHING),
        ("resource", "image/png", HTML, NOTHING),
        ("resource", "text/html", PNG, NOTHING),
        ("resource", "application/json", b'{"pageid": "1"}', NOTHING),
        ("resource", "application/xml", b"<?xml version='1.0'?><feed/>", NOTHING),
        ("resource", None, WORDS, NOTHING),
    ],
)
def test_the_content_type_of_a_stored_record_decides(kind: str, declared: str | None, body: bytes, found: type) -> None:
    value = taken(record(kind, body, "a", Content_Type=declared))
    assert type(value) is found
    if isinstance(value, Skipped):
        assert value.why == kind


@pytest.mark.parametrize("size", [17 << 20])
def test_a_record_that_is_too_large_is_rejected_only_if_it_is_a_candidate(size: int) -> None:
    text = taken(record("conversion", b"a" * size, "a", Content_Type="text/plain"))
    assert isinstance(text, Rejected) and text.reason == "too_large"
    assert taken(record("conversion", PNG + bytes(size), "a", Content_Type="image/png")) == Skipped("conversion")
    assert taken(record("resource", b"a" * size, "a", Content_Type="text/plain")) == Skipped("resource")


def test_an_unspecific_type_yields_to_the_identified_type() -> None:
    data = {"Content_Type": "application/octet-stream", "WARC_Identified_Payload_Type": "text/html"}
    assert isinstance(taken(record("resource", b"<p>A page.", "a", **data)), Page)


def test_a_stored_page_with_the_header_of_http_is_read_as_an_answer() -> None:
    for kind in ("resource", "conversion"):
        for before in (b"", b"\r\n", b"\xef\xbb\xbf"):
            found = taken(record(kind, before + http(HTML), "a", Content_Type="text/html"))
            assert isinstance(found, Page)
            assert (found.status, found.html) == (200, HTML)
        assert taken(record(kind, http(HTML, "404 Gone"), "a", Content_Type="text/html")) == Skipped("status_404")
    large = taken(record("resource", http(HTML + bytes(17 << 20)), "a", Content_Type="text/html"))
    assert isinstance(large, Rejected) and large.reason == "too_large"


def test_no_nul_leaves_a_header() -> None:
    odd = {"Content_Type": "text/html; charset=\0utf-8", "WARC_Truncated": "len\0gth", "WARC_Record_ID": "<urn:\0x>"}
    found = taken(record("resource", HTML, "a", **odd, WARC_Target_URI="https://a\0.example.org/"))
    assert isinstance(found, Page)
    assert (found.content_type, found.truncated) == ("text/html; charset=utf-8", "length")
    assert (found.id, found.url) == ("<urn:x>", "https://a.example.org/")


@pytest.mark.parametrize(
    ("declared", "body"),
    [
        ("text/plain", "Wörter".encode()),
        ("text/plain; charset=iso-8859-1", "Wörter".encode("latin-1")),
        ("text/plain", "Wörter".encode("utf-8-sig")),
        ("text/plain", "Wörter".encode("utf-16")),
        ("text/plain; charset=utf-16le", "Wörter".encode("utf-16-le")),
    ],
)
def test_a_text_is_decoded_as_declared(declared: str, body: bytes) -> None:
    found = taken(record("conversion", body, "a", Content_Type=declared))
    assert isinstance(found, GivenText)
    fields = wet_fields(found)
    assert (fields["text"], fields["decode_errors"]) == ("Wörter", 0)


@pytest.mark.parametrize(
    ("url", "rejected"),
    [
        ("https://a.example.org/", False),
        ("view-source:https://a.example.org/", False),
        ("www.a.example.org/index.html", False),
        ("urn:uuid:0", True),
        ("about:blank", True),
        ("data:text/html,words", True),
        ("file:///a.html", True),
        ("blob:null/0", True),
        ("a sentence", True),
    ],
)
@pytest.mark.parametrize("kind", ["response", "resource", "conversion"])
def test_no_candidate_without_a_host(kind: str, url: str, rejected: bool) -> None:
    block, declared = (http(HTML), "application/http") if kind == "response" else (HTML, "text/html")
    value = taken(record(kind, block, "a", Content_Type=declared, WARC_Target_URI=url))
    assert isinstance(value, Rejected if rejected else Page)
    if isinstance(value, Rejected):
        assert (value.stage, value.reason, value.url) == ("decode", "no_host", url)


def test_a_record_that_is_not_a_candidate_needs_no_host() -> None:
    assert taken(record("resource", PNG, Content_Type="image/png", WARC_Target_URI="urn:uuid:0")) == Skipped("resource")
    assert taken(response("a", http(HTML, "404 Gone"), WARC_Target_URI="urn:uuid:0")) == Skipped("status_404")
