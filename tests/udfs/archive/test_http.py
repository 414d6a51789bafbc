from __future__ import annotations

import gzip
import io
import random
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest
import zstandard
from fastwarc.stream_io import BrotliWriter

from decantry.udfs.archive.bad_body import BadBody
from decantry.udfs.archive.chunks import without_chunks
from decantry.udfs.archive.codings import decode
from decantry.udfs.archive.http import Response, body_of, parse_fields, parse_response
from tests.warc_files import http

BODY = b"<html><body>" + b"some words " * 50 + b"</body></html>"


def brotli(data: bytes) -> bytes:
    packed = io.BytesIO()
    writer = BrotliWriter(packed)
    writer.write(data)
    writer.close()
    return packed.getvalue()


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def test_a_response() -> None:
    response = parse_response(http("hi", X_A="1", Content_Language="en"))
    assert response == Response(
        200, {"content-type": "text/html; charset=utf-8", "x-a": "1", "content-language": "en"}, b"hi"
    )


@pytest.mark.parametrize(
    ("block", "status", "headers", "body"),
    [
        (b"HTTP/1.0 404 Not Found\r\n\r\n", 404, {}, b""),
        (b"HTTP/2 200\r\nA: b\r\n\r\nx", 200, {"a": "b"}, b"x"),
        (b"HTTP/1.1 200 OK\nA: b\n\nx", 200, {"a": "b"}, b"x"),
        (b"HTTP/1.1 200 OK\r\nA: b\r\n c\r\nno colon\r\nA: last\r\n\r\nx\r\n\r\ny", 200, {"a": "last"}, b"x\r\n\r\ny"),
        (b"HTTP/1.1 200 OK\r\nA: b", 200, {"a": "b"}, b""),
    ],
)
def test_responses_as_servers_send_them(block: bytes, status: int, headers: dict[str, str], body: bytes) -> None:
    assert parse_response(block) == Response(status, headers, body)


@pytest.mark.parametrize("block", [b"", b"<html>", b"HTTP/1.1\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"ICY 200 OK\r\n\r\n"])
def test_no_status_line(block: bytes) -> None:
    assert parse_response(block) is None


PACKS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli,
    "zstd": zstandard.compress,
}
SKIPPED = b"\x5a\x2a\x4d\x18\x04\0\0\0note"
"""A frame of zstd that a decoder passes over (RFC 8878, 3.1.2)."""


@pytest.mark.parametrize(
    ("coding", "body"),
    [
        ("gzip", gzip.compress(BODY)),
        ("X-GZIP", gzip.compress(BODY)),
        ("gzip", gzip.compress(BODY[:40]) + gzip.compress(BODY[40:])),
        ("deflate", zlib.compress(BODY)),
        ("deflate", raw_deflate(BODY)),
        ("br", brotli(BODY)),
        ("zstd", zstandard.compress(BODY)),
        ("zstd", zstandard.compress(BODY[:40]) + zstandard.compress(BODY[40:])),
        ("zstd", SKIPPED + zstandard.compress(BODY[:40]) + SKIPPED + zstandard.compress(BODY[40:]) + SKIPPED),
        ("zstd, gzip", gzip.compress(zstandard.compress(BODY))),
        *((coding, pack(BODY) + b"\r\n\0") for coding, pack in PACKS.items()),  # Chrome ignores what follows the data
        *((coding, PACKS[coding](BODY) + b"<!-- cached -->") for coding in ("gzip", "deflate", "zstd")),
        ("identity", BODY),
        ("", BODY),
        ("gzip", BODY),
        ("deflate", BODY),
        ("br", BODY),
        ("zstd", BODY),
    ],
)
def test_content_codings_that_are_applied_or_only_declared(coding: str, body: bytes) -> None:
    response = parse_response(http(body, Content_Encoding=coding))
    assert response is not None
    assert body_of(response) == BODY


@pytest.mark.parametrize(
    ("coding", "body", "reason"),
    [
        ("gzip", gzip.compress(BODY)[:-20], "bad_content_encoding"),
        ("gzip", gzip.compress(BODY)[:30] + b"\xff" * 30, "bad_content_encoding"),
        ("deflate", zlib.compress(BODY)[:-8], "bad_content_encoding"),
        ("br", brotli(BODY)[:-9], "bad_content_encoding"),
        ("zstd", zstandard.compress(BODY) + SKIPPED[:-1], "bad_content_encoding"),
        ("zstd", zstandard.compress(BODY)[:-9] + b"\0" * 9, "bad_content_encoding"),
        ("compress", b"\x1f\x9d\x90<html>", "unknown_content_encoding"),
    ],
)
def test_codings_that_fail(coding: str, body: bytes, reason: str) -> None:
    with pytest.raises(BadBody) as caught:
        decode(body, coding)
    assert caught.value.reason == reason


@pytest.mark.parametrize("coding", PACKS)
def test_a_body_that_ends_early_is_decoded_up_to_there(coding: str) -> None:
    words = b" ".join(b"word %d" % random.Random(number).randrange(10**6) for number in range(40_000))
    with pytest.raises(BadBody) as caught:
        decode(PACKS[coding](words)[:-200], coding)
    assert words.startswith(caught.value.partial) and len(caught.value.partial) > len(words) / 2


@pytest.mark.parametrize("coding", ["gzip", "deflate", "zstd"])
def test_a_decompression_bomb_stops_at_the_limit(coding: str) -> None:
    zeros = bytes(200 << 20)
    packed = {"gzip": gzip.compress, "deflate": zlib.compress, "zstd": zstandard.compress}[coding](zeros)
    tracemalloc.start()
    with pytest.raises(BadBody) as caught:
        decode(packed, coding, cap=1 << 20)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert caught.value.reason == "too_large"
    assert most < 8 << 20


@pytest.mark.parametrize(
    ("stored", "body"),
    [
        (b"5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n", b"hello world"),
        (b"0005\r\nhello\r\n", b"hello"),
        (b"5\nhello\n0\n\n", b"hello"),
        (b"<p>no chunks</p>", b"<p>no chunks</p>"),
        (b"", b""),
        (b"0\r\n\r\n", b""),
    ],
)
def test_chunks(stored: bytes, body: bytes) -> None:
    assert without_chunks(stored) == body


@pytest.mark.parametrize(
    ("stored", "partial"),
    [
        (b"5\r\nhello\r\n10\r\nwor", b"hellowor"),
        (b"5\r\nhello\r\n10", b"hello"),
        (b"5\r\nhello\r\nzz\r\nworld\r\n0\r\n\r\n", b""),  # no cut: the sizes are wrong, and may be in the text
    ],
)
def test_chunks_that_end_early(stored: bytes, partial: bytes) -> None:
    with pytest.raises(BadBody) as caught:
        without_chunks(stored)
    assert (caught.value.reason, caught.value.partial) == ("bad_chunks", partial)


def assert_linear(work: Callable[[int], None]) -> None:
    """Check that four times the input takes less than eight times the processor time."""

    def seconds(count: int) -> float:
        begin = time.process_time()
        work(count)
        return time.process_time() - begin

    seconds(1_000)
    assert seconds(400_000) < 8 * seconds(100_000) + 0.5


def test_headers_take_linear_time() -> None:
    def work(count: int) -> None:
        assert parse_response(b"HTTP/1.1 200 OK\r\n" + b" " * count + b"a" * count + b"\r\n\r\nx") is not None

    assert_linear(work)


def test_a_field_folded_over_very_many_lines_takes_linear_time() -> None:
    def work(count: int) -> None:
        assert len(parse_fields(b"x: a\n" + b" bb\n" * count)["x"]) == 1 + 3 * count

    assert_linear(work)
