"""Fault 16: every regular expression that is applied to a page's bytes or text takes linear time.

Processor time is compared, not the clock: in the fast suite one long text with a bound that a quadratic pattern misses
by far, in the slow one n and 2n characters.
"""

from __future__ import annotations

import gzip
import importlib
import math
import pkgutil
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

import decantry.udfs
from decantry.udfs.archive.bad_body import BadBody
from decantry.udfs.archive.chunks import without_chunks
from decantry.udfs.archive.codings import decode
from decantry.udfs.archive.http import parse_response

NOT_OF_PAGES = {"paths"}
"""Its patterns are applied to file names."""
MATCHED = {
    "chunks._SIZE", "chunks._LIKE_A_SIZE", "chunks._DIGITS", "chunks._CUT_SIZE", "chunks._TRAILERS", "chunks._BLANK",
    "chunks._STRICT", "chunks._LAST", "chunks._HEXADECIMAL", "chunks._FIRST", "chunks._LINE_END", "chunks._TAG",
    "chunks._ANY_END", "chunks._NO_MORE", "codings._TAG",
    "answers.STATUS", "answers._ANSWER",
    "http._ESTABLISHED", "http._DOCUMENT", "http._OF_CR", "http._CHUNK", "http._MARKED_FIELD",
    "media_type._TYPE", "sniff._COMMENT",
    "warcinfo._HEADER", "warcinfo.BEGINNING",
    "wrapped._PLAIN", "wrapped._WRAPPERS", "wrapped._SOURCE", "wrapped._SPECIAL", "wrapped._TWICE", "wrapped._MISTYPED",
    "members.RECORD", "meta_charset._XML", "meta_charset._ATTRIBUTE",
    "records.BEGINNING", "sniff._PROLOGUE", "url._ADDRESS", "url._AUTHORITY", "url._BARE",
}  # fmt: skip
"""Patterns that are matched at a few positions of a page or header, and not searched for."""
UNITS = [
    "a", " ", "\n", "\r\n", "\t", "<", ">", "<a", "<a ", "</a", '"', "'", '="', "='", "=", "/", ";", ":", ".", "-", "0",
    "<!--", "-->", "<?xml ", "<?xml encoding", "encoding=", "charset", "charset=", "charset = ", 'charset="', "<meta ",
    "<meta charset", "http://", "http://a", "HTTP/1.1 ", "HTTP/1.1 200 ", "WARC/1.1", "WARC/1.1\r\n", "WARC/1.1 ", "W:",
    "<font ", "<b", "<b>", "</b>", "a/", " a", "0;", "\0", "\x01", "é", "f;", "\ufeff", "\n\r", "<!doctype html",
]  # fmt: skip
SMALL = 3_000
LONG, LONG_SECONDS = 40_000, 0.5
"""The length of a text for which a linear pattern takes milliseconds and a quadratic one seconds."""


def patterns() -> Iterator[Any]:
    for module in pkgutil.walk_packages(decantry.udfs.__path__, "decantry.udfs."):
        file = module.name.rpartition(".")[2]
        if file in NOT_OF_PAGES:
            continue
        loaded = importlib.import_module(module.name)
        for name, value in vars(loaded).items():
            if isinstance(value, re.Pattern):
                found = f"{file}.{name}"
                yield pytest.param(value, found not in MATCHED, id=found)


def seconds(pattern: Any, text: Any, searched: bool) -> float:
    begin = time.thread_time()
    for _ in pattern.finditer(text) if searched else ():
        pass
    pattern.match(text)
    return time.thread_time() - begin


def is_linear(pattern: Any, text: Any, double: Any, searched: bool) -> bool:
    """Whether a doubled text takes less than three times as long. Each time is the minimum of 3 to 30 measurements.

    A quadratic pattern takes milliseconds here, and four times as long for the double. A busy machine makes any
    measurement longer and none shorter.
    """
    short = long = math.inf
    for measured in range(1, 31):
        long = min(long, seconds(pattern, double, searched))
        if long < 0.004:
            return True
        short = min(short, seconds(pattern, text, searched))
        if measured >= 3 and long < 3 * short + 0.002:
            return True
    return False


@pytest.mark.parametrize(("pattern", "searched"), list(patterns()))
def test_no_pattern_is_quadratic(pattern: Any, searched: bool) -> None:
    for unit in UNITS:
        text: Any = unit * (LONG // len(unit)) + "!"
        if isinstance(pattern.pattern, bytes):
            text = text.encode()
        assert seconds(pattern, text, searched) < LONG_SECONDS, unit


def test_a_quadratic_pattern_would_be_found() -> None:
    with pytest.raises(AssertionError):
        test_no_pattern_is_quadratic(re.compile(r"a*b"), True)


CHUNKED = {
    "trailers that break off": b"<p>\n" + b"0;a:b\n" * 20_000 + b"x y",
    "trailers without a line's end": b"<p>\r" + b"0;a:b\r" * 20_000 + b"x y",
    "long chunks that overlap": b"<p>" + b"\n3ffff\n" * 130_000 + b"x",
}


@pytest.mark.parametrize("body", list(CHUNKED.values()), ids=list(CHUNKED))
def test_no_chunked_body_takes_quadratic_time(body: bytes) -> None:
    begin = time.thread_time()
    with suppress(BadBody):
        without_chunks(body)
    assert time.thread_time() - begin < 2 * LONG_SECONDS


TYPE = b"Content-Type: text/html"
ANSWERS = {
    "types after a long one": b"HTTP/1.1 200 x\n" + TYPE + b";" + b"x" * 900_000 + (b"\n" + TYPE) * 40_000 + b"\n\n<p>",
    "types in one field": b"HTTP/1.1 200 x\n" + TYPE + b",text/html" * 100_000 + b"\n\n<p>",
    "interim answers": b"HTTP/1.1 100 x\n" * 20_000,
    "an interim answer and fields": b"HTTP/1.1 100 x\n\n" + b"HTTP/1.1 200 x\na:" * 20_000,
    "pages that end before fields": b"HTTP/1.1 200 x\n\n<html></html>HTTP/1.1 200 x\n"
    + b"a:</html>HTTP/1.1 200 x\n" * 20_000,
    "answers in a text": b"HTTP/1.1 200 x\n\n<xmp>" + b"</html>HTTP/1.1 200 x\na:b\n\n" * 20_000,
}


@pytest.mark.parametrize("block", list(ANSWERS.values()), ids=list(ANSWERS))
def test_no_block_of_answers_takes_quadratic_time(block: bytes) -> None:
    begin = time.thread_time()
    parse_response(block)
    assert time.thread_time() - begin < 2 * LONG_SECONDS


def test_many_members_of_gzip_take_linear_time() -> None:
    body = gzip.compress(b"x") * 80_000
    begin = time.thread_time()
    assert decode(body, "gzip") == b"x" * 80_000
    assert time.thread_time() - begin < 2 * LONG_SECONDS


@pytest.mark.slow
@pytest.mark.parametrize(("pattern", "searched"), list(patterns()))
def test_every_pattern_takes_linear_time(pattern: Any, searched: bool) -> None:
    for first in UNITS:
        for last in ("", "!"):
            text: Any = first * SMALL + last
            double: Any = first * 2 * SMALL + last
            if isinstance(pattern.pattern, bytes):
                text, double = text.encode(), double.encode()
            assert is_linear(pattern, text, double, searched), (first, last)


@pytest.mark.slow
def test_a_quadratic_pattern_would_be_found_by_its_growth() -> None:
    with pytest.raises(AssertionError):
        test_every_pattern_takes_linear_time(re.compile(r"a*b"), True)
