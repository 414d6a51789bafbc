"""Odd responses in archives: interim responses, codings in any order, and invalid tokens."""

from __future__ import annotations

import gzip
import random
import zlib

import pytest

from decantry.udfs.archive.bad_body import BadBody
from decantry.udfs.archive.http import body_of, parse_response
from tests.udfs.archive.test_http import BODY, brotli
from tests.warc_files import http

FINAL = http(BODY, X_Final="yes")
NOISE = random.Random(5).randbytes(4000)
ESTABLISHED = b"HTTP/1.0 200 Connection established\r\n"


@pytest.mark.parametrize(
    "before",
    [
        b"HTTP/1.1 100 Continue\r\n\r\n",
        b"HTTP/1.1 102 Processing\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" * 9,
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\n",
        b"HTTP/1.1 199 Whatever\r\n\r\n",  # RFC 9110, 15: an unknown one is as x00
        b"HTTP/1.1 100 Continue\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n\r\n",
        b"HTTP/1.1 100 Continue\n\n",
        b"HTTP/1.1 100 Continue\r\n\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n",  # the empty line is missing
        b"HTTP/1.1 100\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: TLS/1.0\r\n\r\n",  # RFC 2817, 3.3: the answer follows
        ESTABLISHED + b"\r\n",
        ESTABLISHED + b"Proxy-Agent: x\r\nContent-Type: text/plain\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nVia: a proxy\r\n\r\n",  # RFC 9110, 9.3.6: an answer to CONNECT has no content
        ESTABLISHED + b"\r\nHTTP/1.1 100 Continue\r\n\r\n",
        b"\r\n\r\n",
        b"HTTP/1.1 100-continue\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n \r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n\xef\xbb\xbf",
        b"HTTP/1.1 100 Continue\r\r\n\r\r\n",
        b"HTTP/2 103\r\nlink: </a.css>\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Type: text/html\r\n\r\n",
        b"HTTP/1.1 200 connection ESTABLISHED\r\nContent-Type: text/html\r\n\r\n",
        b"HTTP/1.0 200 connection ok\n\n",
        b"HTTP/1.1 100 Continue\r\nContent-Length: 2\r\n\r\nok",  # RFC 9110, 15.2: it has no content
        b"HTTP/1.1 103 Early Hints\r\n\r\n\0",
        b"HTTP/1.1 102 Processing\r\n\r\n5\r\nlater\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n",  # a server behind the server
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\n" + ESTABLISHED + b"\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n",
    ],
)
def test_the_final_answer_counts(before: bytes) -> None:
    found = parse_response(before + FINAL)
    assert found is not None
    assert found == parse_response(FINAL)
    assert (found.status, found.headers["x-final"], found.body) == (200, "yes", BODY)


@pytest.mark.parametrize(
    ("block", "status", "body"),
    [
        (b"HTTP/1.1 100 Continue\r\n\r\n", 100, b""),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + http(b"no", "404 Not Found"), 404, b"no"),
        (b"HTTP/1.1 100 Continue\r\n\r\n<html>", 100, b"<html>"),
        (ESTABLISHED + b"\r\n", 200, b""),
        (
            http(b"HTTP/1.1 404 Not Found\r\n\r\n<p>An answer that a page shows."),
            200,
            b"HTTP/1.1 404 Not Found\r\n\r\n<p>An",
        ),
        (http(b"HTTP/1.1 200 OK\r\nServer: x\r\n\r\n<p>A page shows it."), 200, b"HTTP/1.1 200 OK\r\nServer"),
        (b"HTTP/1.1 100 Continue\r\n\r\n<p>HTTP/1.1 200 OK is shown.", 100, b"<p>HTTP/1.1 200"),
        (b"HTTP/1.1 301 Moved\r\nLocation: /x\r\n\r\n" + FINAL, 301, FINAL),
    ],
)
def test_only_interim_answers_are_skipped(block: bytes, status: int, body: bytes) -> None:
    found = parse_response(block)
    assert found is not None
    assert (found.status, found.body[: len(body) or 1]) == (status, body)


HEAD = b"Content-Type: text/html\r\nX-Final: yes\r\n\r\n"


@pytest.mark.parametrize(
    "line",
    [
        b"HTTP/1.1 200OK",
        b"HTTP/1.1 200-OK",
        b"HTTP/1.1 200, OK",
        b"HTTP/1.1 200.0 OK",
        b"HTTP/1.1  200\tOK",
        b"HTTP/1.1 200",
        b"HTTP/1.10 200 OK",
        b"HTTP/1. 200 OK",
        b"HTTP/11 200 OK",
        b"http/1.1 200 \xc3\x9c",
        b" HTTP/1.1 200 OK",
        b"\xef\xbb\xbfHTTP/1.1 200 OK",
    ],
)
def test_a_status_line_is_read_up_to_its_three_digits(line: bytes) -> None:
    found = parse_response(line + b"\r\n" + HEAD + BODY)
    assert found is not None
    assert (found.status, found.headers["x-final"], found.body) == (200, "yes", BODY)


@pytest.mark.parametrize("line", [b"HTTP/1.1 0200 OK", b"HTTP/1.1 2000 OK", b"HTTP/1.1 OK", b"HTTP 200 OK", b"200 OK"])
def test_other_lines_are_not_status_lines(line: bytes) -> None:
    assert parse_response(line + b"\r\n" + HEAD + BODY) is None


def chunks(data: bytes, size: int = 100) -> bytes:
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\n\r\n"


def answer(body: bytes, *fields: str) -> bytes:
    return "\r\n".join(["HTTP/1.1 200 OK", "Content-Type: text/html", *fields, "", ""]).encode() + body


GZ, ZL = gzip.compress(BODY), zlib.compress(BODY)


@pytest.mark.parametrize(
    "block",
    [
        answer(chunks(BODY), "Transfer-Encoding: Chunked"),
        answer(chunks(GZ), "Transfer-Encoding: gzip, chunked"),  # RFC 9112, 7: in the order of application
        answer(chunks(GZ), "Transfer-Encoding: gzip", "Transfer-Encoding: chunked"),  # RFC 9110, 5.3
        answer(chunks(GZ), "Transfer-Encoding: x-gzip,\r\n chunked"),
        answer(chunks(ZL), "Transfer-Encoding: deflate, chunked"),
        answer(GZ, "Transfer-Encoding: gzip"),
        answer(gzip.compress(chunks(BODY)), "Transfer-Encoding: chunked, gzip"),
        answer(chunks(GZ), "Transfer-Encoding: chunked, gzip"),  # told in the wrong order
        answer(chunks(BODY), "Transfer-Encoding: chunked", "Transfer-Encoding: chunked"),
        answer(chunks(chunks(BODY)), "Transfer-Encoding: chunked"),
        answer(chunks(chunks(GZ)), "Transfer-Encoding: chunked", "Content-Encoding: gzip"),
        answer(chunks(BODY), "Transfer-Encoding: identity, chunked"),  # RFC 2616 had an identity
        answer(chunks(BODY), 'Transfer-Encoding: "chunked";q=1'),
        answer(chunks(BODY)),  # the crawler removed the header alone
        answer(chunks(GZ), "Content-Encoding: gzip"),
        answer(gzip.compress(chunks(BODY)), "Content-Encoding: gzip"),
        answer(b"\r\n" + chunks(BODY), "Content-Encoding: chunked"),
        answer(b"\r\n" + chunks(BODY)[:-5]),  # nor is there a last chunk
        answer(chunks(GZ), "Transfer-Encoding: gzip, chunked", "Content-Encoding: gzip"),
        answer(BODY, "Transfer-Encoding: gzip, chunked", "Content-Encoding: gzip"),  # undone, and still claimed
    ],
)
def test_transfer_codings_are_undone_in_order(block: bytes) -> None:
    found = parse_response(block)
    assert found is not None
    assert body_of(found) == BODY


@pytest.mark.parametrize(
    ("field", "body"),
    [
        *[
            (token, BODY)
            for token in (
                "UTF-8", "utf8", "iso-8859-1", "windows-1251", "text/html", "none", "None", "8bit", "binary", "7bit",
                "identity", "identity, identity", ", ".join(["identity"] * 9), "charset=utf-8", "aws-chunked", "plain",
                "en", "*", "", ",", "identity;q=1", "snappy", "compress", "gzip", "gzip, deflate, br", "br", "zstd",
                "utf-8, iso-8859-1, a, b, c, d, e, f", "chunked", "null", "false", "exi", "aes128gcm", "\u00fc",
            )
        ],
        *[(token, GZ) for token in ("gzip;", "gzip;q=1.0", '"gzip"', "'gzip'", "GZIP", "gzip,")],
        *[(token, GZ) for token in ("utf-8, gzip", "gzip, utf-8", "x-gzip;a=b")],
        *[(token, ZL) for token in ("deflate;", "x-deflate", "gzip, deflate")],
        ("br; q=1", brotli(BODY)),
    ],
)  # fmt: skip
def test_an_unknown_coding_changes_nothing(field: str, body: bytes) -> None:
    found = parse_response(answer(body, f"Content-Encoding: {field}"))
    assert found is not None
    assert body_of(found) == BODY


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        (["Content-Encoding: gzip", "Content-Encoding: gzip"], gzip.compress(GZ)),
        (["Content-Encoding: gzip", "Content-Encoding: gzip"], GZ),
        (["Content-Encoding: deflate", "Content-Encoding: gzip"], gzip.compress(ZL)),
        (["Content-Encoding: gzip", "Content-Encoding: utf-8"], GZ),
    ],
)
def test_several_fields_are_one_list(fields: list[str], body: bytes) -> None:
    found = parse_response(answer(body, *fields))
    assert found is not None
    assert body_of(found) == BODY


@pytest.mark.parametrize(
    ("field", "body", "reason"),
    [
        ("Content-Encoding: zopfli-x", NOISE, "unknown_content_encoding"),
        ("Content-Encoding: utf-8", GZ, "unknown_content_encoding"),
        ("Content-Encoding: identity, snappy", NOISE, "unknown_content_encoding"),
        ("Content-Encoding: compress", b"\x1f\x9d\x90" + NOISE, "unknown_content_encoding"),
        ("Content-Encoding: " + "gzip," * 9, GZ, "unknown_content_encoding"),
        ("Transfer-Encoding: x-rot13", NOISE, "unknown_content_encoding"),
        ("Content-Encoding: gzip", NOISE, "bad_content_encoding"),
        ("Content-Encoding: deflate", NOISE, "bad_content_encoding"),
        ("Transfer-Encoding: gzip, chunked", chunks(GZ)[:-60], "bad_chunks"),
        ("X-Transfer-Encoding: chunked", chunks(BODY)[:-60], "bad_chunks"),  # the crawler removed the header alone
        ("Transfer-Encoding: gzip, chunked", chunks(GZ[:-20]), "bad_content_encoding"),
    ],
)
def test_a_body_that_is_not_text_is_rejected(field: str, body: bytes, reason: str) -> None:
    found = parse_response(answer(body, field))
    assert found is not None
    with pytest.raises(BadBody) as caught:
        body_of(found)
    assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("fields", "declared"),
    [
        (["text/html", "text/html; charset=x"], "text/html; charset=x"),
        (["text/html; charset=x", "text/html"], "text/html; charset=x"),  # Fetch, "extract a MIME type"
        (["text/plain; charset=x", "text/html"], "text/html"),
        (["text/html", "nonsense"], "text/html"),
        (["text/html", "*/*"], "text/html"),
        (["text/html; charset=x, text/html; charset=y"], "text/html; charset=y"),  # one field is a list of types
        (["text/html; charset=x, text/html"], "text/html; charset=x"),
        (["text/html,text/plain", "text/html; charset=x"], "text/html; charset=x"),
        (["text/html, charset=x"], "text/html, charset=x"),  # a comma in the place of a semicolon
        (["html"], "html"),
    ],
)
def test_several_content_types(fields: list[str], declared: str) -> None:
    lines = [f"Content-Type: {value}" for value in fields]
    found = parse_response("\r\n".join(["HTTP/1.1 200 OK", *lines, "", ""]).encode())
    assert found is not None
    assert found.headers["content-type"] == declared
