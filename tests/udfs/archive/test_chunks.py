"""Malformed chunked bodies: each is read or rejected, and no chunk size remains in the result."""

from __future__ import annotations

import random
import re
import time
from contextlib import suppress

import pytest

from decantry.udfs.archive.bad_body import BadBody
from decantry.udfs.archive.chunks import unframed, without_chunks, without_unnamed_chunks

PIECES = (b"<html><p>The harbour wall was built ", b"in three summers, and the masons who laid it ", b"left marks.</p>")
PAGE = b"".join(PIECES)
NUMBERS = b"<pre>\n1\n2\n3\n5\n8\n</pre>\n"


def chunked(line: str = "{:x}\r\n", after: bytes = b"\r\n", last: bytes = b"0\r\n\r\n") -> bytes:
    """The page in chunks, each after a line with its size."""
    return b"".join(line.format(len(piece)).encode() + piece + after for piece in PIECES) + last


CHUNKED = chunked()


@pytest.mark.parametrize(
    "body",
    [
        CHUNKED,
        b"\r\n" + CHUNKED,  # RFC 9112, 2.2: a robust reader passes over blank lines
        b"\n\n\r\n" + CHUNKED,
        b"\xef\xbb\xbf" + CHUNKED,
        b"\r\n\xef\xbb\xbf\r\n" + CHUNKED,
        chunked("0x{:x}\r\n"),  # C's strtol and Python's int read it
        chunked("0X{:X}\r\n"),
        chunked("+{:x}\r\n"),
        chunked("{:032x}\r\n", last=b"00000000\r\n\r\n"),  # RFC 9112, 7.1: 1*HEXDIG, and last-chunk is 1*("0")
        chunked("{:X}\r\n"),
        chunked("{:x}\n", b"\n", b"0\n\n"),  # RFC 9112, 2.2: LF alone may end a line
        chunked("{:x}\r", b"\r", b"0\r\r"),
        chunked("{:x}\r\n", b"\r\n\r\n"),
        chunked("{:x}   \r\n"),  # servers pad sizes with blanks
        chunked("  {:x}\r\n"),
        chunked("{:x};name=value\r\n"),  # RFC 9112, 7.1.1
        chunked('{:x} ; name="a;b"\r\n'),
        chunked(last=b""),
        chunked(last=b"0"),
        chunked(last=b"0\r\n"),
        chunked(last=b"\r\n"),
        chunked(last=b"0\r\nExpires: 0\r\nX-Sum: ab\r\n\r\n"),  # RFC 9112, 7.1.2: trailers
        chunked(last=b"0\r\n\r\n\r\n"),
        b"%x\r\n" % len(CHUNKED) + CHUNKED + b"\r\n0\r\n\r\n",
        PAGE,
    ],
)
def test_sizes_that_can_be_read(body: bytes) -> None:
    assert without_chunks(body) == PAGE


def test_a_chunk_that_begins_with_the_second_half_of_a_line_end() -> None:
    assert without_chunks(b"4\r\none\r5\r two.\r0\r\r") == b"\none two."


@pytest.mark.parametrize(
    "body",
    [
        chunked("-{:x}\r\n"),
        chunked("{:x}_0\r\n"),
        chunked("f" * 20 + "{:x}\r\n"),
        chunked("{:x} (a comment)\r\n"),
        chunked("{:d}\r\n"),  # decimal: a chunk would hold the next size
        chunked("0x\r\n"),
        b"0\r\n" + PAGE,
        b"0\r\n\r\n" + PAGE,
        CHUNKED.partition(b"\r\n")[2],  # the first size is lost
        chunked("{:x}\r", b"\r", b"0\r\r").partition(b"\r")[2],
        chunked("0x{:x} \r\n", last=b"\r\n\r\n").partition(b"\r\n")[2],
        chunked("+{:x}\n", b"\n", b"0").partition(b"\n")[2],
        PAGE + b"\r\n0\r\n\r\n",  # only the last is left
        CHUNKED.replace(b"wall", b"walls"),
        CHUNKED.replace(b"wall", b"w"),
        CHUNKED[:-40],
        b"fff\r\n" + PAGE,
        b"<!-- cached -->\r\n" + CHUNKED,
        b"%x" % len(PAGE) + PAGE,  # a size without its line's end
        b"%x" % len(PAGE) + PAGE + b"\r\n",
        b"5b" + PAGE[:0x5B] + b"\r\n%x\r\n" % (len(PAGE) - 0x5B) + PAGE[0x5B:],
        b"fee" + PAGE.ljust(0xFEE),  # letters alone
        b"0x%x" % len(PAGE) + PAGE,
        b"0000095f",
        b"22The masons who laid it left marks.\r\n0",  # before a word
        b"\r\n1f8 " + PAGE,
        chunked("{{{:x}}}\r\n"),
        chunked("{:x}h\r\n"),
        chunked('"{:x}"\r\n'),
        chunked("#{:x}\r\n"),
        chunked("\0{:x}\r\n"),
        chunked("{:x} a=b\r\n"),
        chunked("{:x}\n\r", b"\n\r", b"0\n\r\n\r"),
    ],
)
def test_sizes_that_cannot_be_read(body: bytes) -> None:
    with pytest.raises(BadBody) as caught:
        without_chunks(body)
    assert caught.value.reason == "bad_chunks"


@pytest.mark.parametrize(
    "body",
    [
        *(PAGE, NUMBERS, b"", b"12 monkeys\n", b"\x1f\x8b\n0a\n", b"Menu\n4\nabcd\nEnd"),
        *(b"1<!DOCTYPE html>" + PAGE, b"404<br>" + PAGE, b"0<br>" + PAGE),  # a digit that a template wrote
        *(b"A4<br>" + PAGE * 3, b"\nB12 <p>" + PAGE * 30, b"Cafe<br>" + PAGE, b"Bed and breakfast\n" + PAGE),
    ],
)
def test_a_body_that_is_already_dechunked_does_not_change(body: bytes) -> None:
    assert without_chunks(body) == body


@pytest.mark.parametrize("body", [PAGE, NUMBERS, b"5\r\nhello", b"cafe\n", b"10\nten\n", b"-5\r\nhello"])
def test_a_body_that_is_not_declared_as_chunked_changes_only_if_it_certainly_is(body: bytes) -> None:
    assert unframed(body) == body
    assert unframed(b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)) == body


@pytest.mark.parametrize("before", [b"", b"\r\n", b"\xef\xbb\xbf"])
def test_chunks_that_no_header_names(before: bytes) -> None:
    assert without_unnamed_chunks(before + chunked(last=b"")) == PAGE
    assert without_unnamed_chunks(before + chunked(last=b"")[:-1]) == PAGE
    assert without_unnamed_chunks(before + b"5b\r\n" + PAGE[:0x5B] + b"\r\n0\r") == PAGE[:0x5B]
    assert unframed(before + CHUNKED) == PAGE
    one = b"5b\r\n" + PAGE[:0x5B]
    for cut in (
        *(
            CHUNKED[:-20],
            CHUNKED[:60],
            b"2a00\r\n" + PAGE,
            CHUNKED + b"<!-- more -->",
            one + b"\r\n5",
        ),
        b"1\r\n<\r\n5b\r\n" + PAGE[1:40],
    ):
        with pytest.raises(BadBody) as caught:
            without_unnamed_chunks(before + cut)
        assert caught.value.reason == "bad_chunks"
        assert PAGE.startswith(caught.value.partial) and len(caught.value.partial) > 30


@pytest.mark.parametrize(
    "body",
    [
        *(PAGE, NUMBERS, b"1\n2\n3\n4\n5\n6", b"1\r\n2\r\n3\r\n4\r\n5\r\n", b"", b"5\r\nhello"),
        *(b"2024\n<!DOCTYPE html>" + PAGE, b"404\r\n" + PAGE, b"2024\r\n\r\n" + PAGE),
        *(b"cafe\n" + NUMBERS, b"10\r\nGreen bottles, standing on the wall"),
    ],
)  # fmt: skip
def test_a_page_that_begins_with_a_number_does_not_change(body: bytes) -> None:
    assert without_unnamed_chunks(body) is body


def test_chunks_in_chunks_have_a_bound() -> None:
    """Each time, the whole body is copied."""
    body = PAGE
    for _ in range(5):
        body = b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    assert unframed(body) == PAGE
    with pytest.raises(BadBody, match="in chunks more than 5 times"):
        unframed(b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body))


@pytest.mark.parametrize("sizes", [b"2000\r\n", b"2\r\n\r\n\r\n1000\r\n"])
def test_a_decimal_size_in_a_body_that_the_crawler_cut(sizes: bytes) -> None:
    with pytest.raises(BadBody) as caught:
        without_unnamed_chunks(sizes + PAGE, truncated=True)
    assert caught.value.partial.lstrip() == PAGE


def test_no_chunk_size_remains_whichever_byte_is_damaged() -> None:
    line = re.compile(rb"^[0-9a-f]{1,3}\r?$", re.MULTILINE)
    chance = random.Random(22)
    read = 0
    for _ in range(3000):
        at, byte = chance.randrange(len(CHUNKED)), bytes([chance.choice(b"0123456789abcdef\r\n<; ")])
        try:
            found = without_chunks(CHUNKED[:at] + byte + CHUNKED[at + chance.randrange(2) :])
        except BadBody:
            continue
        read += 1
        assert not line.search(found), found
    assert read > 300


@pytest.mark.parametrize(
    "unit",
    [b"1\n1\n", b"\n", b"0\n", b"a:b\n", b"\n1;\n", b"\xef\xbb\xbf", b"5\r\nhello\r\n", b"\n0\r\n\r\n", b"0", b"f;"],
)
def test_no_body_takes_more_than_linear_time(unit: bytes) -> None:
    def seconds(count: int) -> float:
        begin = time.process_time()
        for body in (unit * count + b"x", b"<p>" + unit * count + b"x"):
            with suppress(BadBody):
                without_chunks(body)
        return time.process_time() - begin

    seconds(1_000)
    assert seconds(200_000) < 8 * seconds(50_000) + 0.5


def test_a_chunk_that_lacks_its_last_byte_is_not_read_from_the_line_end_before_it() -> None:
    with pytest.raises(BadBody, match="a chunk of 9 bytes has 8"):
        without_chunks(b"3\r\n<p>\r\n9\r\nharbour\r")
