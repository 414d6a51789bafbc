"""Where the header and the body of an answer end, if servers and recorders leave out what divides them."""

from __future__ import annotations

import pytest

from decantry.udfs.archive.http import parse_response
from tests.udfs.archive.test_http import BODY


@pytest.mark.parametrize(
    "block",
    [
        b"HTTP/1.1 200 OK\r\r\nX-Final: yes\r\r\n\r\r\n" + BODY,  # written in text mode on Windows
        b"HTTP/1.1 200 OK\nX-Final: yes\n\r\n" + BODY,
        b"HTTP/1.1 200 OK\r\nX-Final: yes\r\n" + BODY,  # no empty line: the page's first tag ends the header
        b"HTTP/1.1 200 OK\r\nX-Final: yes\r\n \r\n" + BODY,  # a line of blanks continues a field (RFC 9112, 5.2)
    ],
)
def test_the_page_never_ends_in_the_header(block: bytes) -> None:
    found = parse_response(block)
    assert found is not None
    assert (found.headers["x-final"], found.body) == ("yes", BODY)


START = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    ("block", "body"),
    [
        (START + b"\xef\xbb\xbf<html>A page.", b"\xef\xbb\xbf<html>A page."),
        (START + b"<div>One</div>\r\n\r\n<p>Two", b"<div>One</div>\r\n\r\n<p>Two"),
        (START + b"<p>No empty line", b"<p>No empty line"),
        (START + b"<b>x</b>: y\r\nA: b\r\n\r\n<p>A page.", b"<p>A page."),  # a field, as iipc/jwarc#51 has it
        (START + b"<b>x</b>: y\r\n\r\nA page.", b"A page."),
        (START + b"Content-Encoding: gzip\r\n<b>x: y\r\n\r\n\x1f\x8b\x08\0", b"\x1f\x8b\x08\0"),
        (START + b"Transfer-Encoding: chunked\r\n<b>x\r\n\r\n2\r\nab\r\n", b"2\r\nab\r\n"),
        (START + b"Content-Encoding: gzip\r\n<b>x: y\n\n<p>Two", b"<b>x: y\n\n<p>Two"),  # was decoded
        (START + b"<b>x</b>: y\r\n\r\n<!doctype html>A page.", b"<!doctype html>A page."),
        (START.replace(b"\r\n", b"\r") + b"\r<p>One\n\n<p>Two\n", b"<p>One\n\n<p>Two\n"),  # CR alone
        (START.replace(b"\r\n", b"\r") + b"\r<p>One", b"<p>One"),
        (START + b"Content-Length: 6\r\n\r\n<p>One" + START + b"\r\n<p>Two", b"<p>One"),  # RFC 9112, 9.3
        (START + b"Content-Length: 6, 6\r\n\r\n<p>One" + START + b"\r\n<p>Two", b"<p>One"),
        (START + b"Content-Length: 6\r\nContent-Length: 9\r\n\r\n<p>One" + START + b"\r\n<p>Two", b"<p>One"),
        (START + b"Content-Length: 50, 6\r\n\r\n<p>One" + START + b"\r\n", b"<p>One"),
        (START + b"Content-Length: +6\r\n\r\n<p>One" + START + b"\r\n<p>Two", b"<p>One"),
        (START + b"\r\n<p>One</HTML>\r\n" + START + b"\r\n<p>Two", b"<p>One</HTML>\r\n"),  # no length
        (START + b"Content-Length: 3\r\n\r\n<p>One</html>" + START + b"\r\n<p>Two", b"<p>One</html>"),
        (
            START + b"\r\n<pre>HTTP/1.1 200 OK\r\nA: b\r\n\r\n</pre></html>",
            b"<pre>HTTP/1.1 200 OK\r\nA: b\r\n\r\n</pre></html>",
        ),
        (
            START + b"\r\n<p>One</html>\nHTTP/1.1 200 OK is a status line.",
            b"<p>One</html>\nHTTP/1.1 200 OK is a status line.",
        ),
        (START + b"Content-Encoding: gzip\r\n\x1f\x8b\x08\0\n\n", b"\x1f\x8b\x08\0\n\n"),  # no empty line
        (START + b"Content-Encoding: zstd\r\n\x28\xb5\x2f\xfd\n\n", b"\x28\xb5\x2f\xfd\n\n"),
        (START + b"Content-Length: 3\r\n\r\n<p>One", b"<p>One"),
        (START + b"Content-Length: 99999999999999999999\r\n\r\n<p>One", b"<p>One"),
    ],
)
def test_where_the_body_begins_and_ends(block: bytes, body: bytes) -> None:
    found = parse_response(block)
    assert found is not None
    assert (found.status, found.headers["content-type"], found.body) == (200, "text/html", body)


SHOWN = b"</html>\n" + START + b"\r\n<html>An example.</html>"


@pytest.mark.parametrize(
    "page",
    [
        b"<html><textarea>" + SHOWN + b"</textarea>And more.</html>",
        b"<html><SCRIPT>a = `" + SHOWN + b"`</SCRIPT><p>And more.</html>",
        b"<html><xmp>" + SHOWN + b"</xmp>And more.</html>",
        b"<html><pre>" + SHOWN + b"</pre>And more.</html>",
        b"<html>" + SHOWN.replace(b"Content-Type", b"X-Type") + b" And more.</html>",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n<p>is what a server answers.",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: image/png\r\n\r\n<p>is another.",
        b"<html><!-- " + SHOWN + b" -->And more.</html>",
        b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>is what a server answers.",
    ],
)
def test_an_answer_that_a_page_shows_is_part_of_the_page(page: bytes) -> None:
    found = parse_response(START + b"\r\n" + page)
    assert found is not None
    assert (found.status, found.body) == (200, page)


@pytest.mark.parametrize(
    "page",
    [
        b"<html><!-- a --><script>b</script><textarea>c</textarea></html>\r\n",
        b"<html><pre>never closed</html>\r\n",
        b"<html><!-- never closed</html>\r\n",
        b"<html><script>a = '<!--'</script></html>\r\n",
        b'<html><p title="<code>">c</p></html>\r\n',
        b"<html><pre-x/><styled-x></html>\r\n",
    ],
)
def test_a_second_answer_is_left_out(page: bytes) -> None:
    found = parse_response(START + b"\r\n" + page + START + b"\r\n<html>Two")
    assert found is not None and found.body == page


def test_a_page_that_was_sent_on_has_the_charset_of_the_outer_header() -> None:
    page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>One"
    found = parse_response(START.replace(b"html", b"html; charset=windows-1251") + b"\r\n" + page)
    assert found is not None
    assert (found.headers["content-type"], found.body) == ("text/html; charset=windows-1251", b"<p>One")


@pytest.mark.parametrize(
    "block",
    [
        b"Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n7\r\n<p>Gone\r\n0\r\n\r\n",
        b"Content-Type: text/html\r\n\r\n<!doctype html><p>Gone",
        b"Server: x\r\n\r\n<html>Gone",
    ],
)
def test_an_error_that_was_sent_on_counts_if_a_page_follows(block: bytes) -> None:
    found = parse_response(START + b"\r\nHTTP/1.1 404 Not Found\r\n" + block)
    assert found is not None and found.status == 404


def test_chunks_are_not_cut_after_a_page_in_them() -> None:
    body = b"70\r\n<html></html>" + START + b"\r\n<p>One"
    found = parse_response(START + b"Transfer-Encoding: chunked\r\n\r\n" + body)
    assert found is not None and found.body == body


def test_an_answer_after_the_body_of_an_interim_one_begins_within_four_kibibytes() -> None:
    interim, final = b"HTTP/1.1 100 Continue\r\n\r\n", START + b"A: " + b"b" * 4000 + b"\r\n\r\n<p>One"
    near, far = parse_response(interim + b"x" * 4000 + final), parse_response(interim + b"x" * 5000 + final)
    assert near is not None and (near.status, near.body) == (200, b"<p>One")
    assert far is not None and far.status == 100
