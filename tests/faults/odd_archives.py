"""Odd archives, written byte by byte: how each differs from WARC 1.1, and the expected result of each record."""

from __future__ import annotations

import gzip
import random
import struct
import zlib
from dataclasses import dataclass

import zstandard

from tests.warc_files import DATE, gz, http, identity, page, record, response, warcinfo, zst

WORDS = "A sentence that is long enough to be found, said by "
HTML = f"<html><body><p>{WORDS}x</p></body></html>".encode()
A, B, C = (page(name, WORDS + name) for name in "abc")
BLOCK = http(HTML)
LENGTH = f"Content-Length: {len(BLOCK)}"
FIELDS = [
    "WARC-Type: response",
    f"WARC-Record-ID: {identity('x')}",
    f"WARC-Date: {DATE}",
    "WARC-Target-URI: https://x.example.org/",
    "Content-Type: application/http; msgtype=response",
]


@dataclass(frozen=True)
class Odd:
    """`fates`: each document's name and each reject's reason, in the order of the file; `status` as ops/inputs has it.

    A file that is not an archive has a part of its error instead of fates.
    """

    name: str
    data: bytes
    fates: str
    status: str = "done"
    error: str = ""


def x(*lines: str, version: str = "WARC/1.1", without: str = "-", block: bytes = BLOCK) -> bytes:
    """The record x with additional header lines, and without the named field."""
    fields = [line for line in FIELDS if not line.startswith(without)]
    return "\r\n".join([version, *fields, *lines, "", ""]).encode() + block + b"\r\n\r\n"


def body(body: bytes, **headers: str) -> bytes:
    """The record x with another HTTP body."""
    return response("x", http(body, **headers))


def lf(one: bytes) -> bytes:
    """The record with header lines that end with LF alone."""
    head, _, block = one.partition(b"\r\n\r\n")
    return head.replace(b"\r\n", b"\n") + b"\n\n" + block


def full_gzip(data: bytes) -> bytes:
    """A member with every optional field of RFC 1952: extra, name, comment, header checksum."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(data) + packer.flush()
    head = b"\x1f\x8b\x08\x1e\0\0\0\0\x02\x03" + struct.pack("<H", 8) + b"sl\x04\0abcd" + b"name.warc\0a comment\0"
    head += struct.pack("<H", zlib.crc32(head) & 0xFFFF)
    return head + packed + struct.pack("<II", zlib.crc32(data), len(data))


def pieces(data: bytes, size: int) -> bytes:
    """The data in gzip members of a fixed size, which do not end where records end."""
    return b"".join(gzip.compress(data[at : at + size], mtime=0) for at in range(0, len(data), size))


def nested(inner: bytes) -> bytes:
    return response("n", http(inner, content_type="application/warc"))


ZSTD = zstandard.ZstdCompressor().compress
ONE = gzip.compress(A + B + C, mtime=0)
CHUNKS = b"%x\r\n%b\r\n0\r\n\r\n" % (len(HTML), HTML)
ARC = (
    b"filedesc://x.arc 0.0.0.0 20260102030405 text/plain 76\n1 0 X\nURL IP-address Archive-date Content-type "
    b"Archive-length\n\nhttp://a/ 1.1.1.1 20260102030405 text/html 20\nHTTP/1.0 200 OK\n\nhi\n"
)
WAT = record("metadata", b'{"Envelope": {}}', "a", Content_Type="application/json")
NOISE = random.Random(5).randbytes(5000)

ARCHIVES = [
    # files that are not archives
    Odd("empty.warc.gz", b"", "", "empty"),
    Odd("empty-member.warc.gz", gzip.compress(b""), "", "empty"),
    Odd("blank.warc", b"\r\n\r\n", "", "failed", "not an archive"),
    Odd("arc.warc.gz", gzip.compress(ARC), "", "failed", "an ARC file"),
    Odd("page.warc.gz", b"<html><body>503</body></html>", "", "failed", "not an archive"),
    Odd("packed-page.warc.gz", gzip.compress(HTML), "", "failed", "not an archive"),
    Odd("noise.warc.gz", NOISE, "", "failed", "not an archive"),
    Odd("packed-noise.warc.gz", gz(A)[:10] + NOISE, "", "failed", "do not decompress"),
    Odd("wat.warc.gz", gz(warcinfo(), WAT), "", "empty", "none of its records is a page"),
    Odd("requests.warc.gz", gz(record("request", b"GET / HTTP/1.1\r\n\r\n", "a")), "", "empty", "none of its records"),
    # versions and beginnings
    *[Odd(f"{v.replace('/', '-')}.warc", x(LENGTH, version=v) + B, "x b") for v in ("WARC/0.17", "WARC/0.18")],
    *[Odd(f"{v.replace('/', '-')}.warc.gz", gz(A, x(LENGTH, version=v)), "a x") for v in ("WARC/1.0", "WARC/2.0")],
    Odd("version-in-small.warc", A + x(LENGTH, version="warc/1.0") + B, "a x b"),
    Odd("version-and-blank.warc", A + x(LENGTH, version="WARC/1.1 ") + B, "a x b"),
    Odd("byte-order-mark.warc", b"\xef\xbb\xbf" + A + B, "a b"),
    Odd("byte-order-mark.warc.gz", gz(b"\xef\xbb\xbf" + A, B), "a b"),
    Odd("blank-lines.warc", b"\r\n\r\n" + A + b"\r\n\r\n\r\n" + B, "a b"),
    Odd("blank-lines.warc.gz", gz(b"\r\n\r\n" + A, B + b"\r\n\r\n\r\n"), "a b"),
    Odd("no-blank-lines.warc", A[:-4] + B[:-2] + C, "a b c"),
    Odd("no-blank-lines.warc.gz", gz(A[:-4], B), "a b"),
    # headers
    Odd("lf.warc", lf(A) + lf(B), "a b"),
    Odd("lf.warc.gz", gz(lf(A), lf(B)), "a b"),
    Odd("small-letters.warc", A + x(LENGTH).replace(b"WARC-T", b"warc-t").replace(b"Con", b"con") + B, "a x b"),
    Odd("folded.warc", A + x(LENGTH, "WARC-Target-URI:", "  https://x.example.org/", without="WARC-Tar") + B, "a x b"),
    Odd("folded-type.warc", A + x(LENGTH, "Content-Type: application/http;", " a=b", without="Cont") + B, "a x b"),
    Odd("twice.warc", A + x(LENGTH, "WARC-Target-URI: https://y.example.org/") + B, "a x b"),
    Odd("no-colon.warc", A + x(LENGTH, "this is no field") + B, "a x b"),
    Odd("binary-field.warc", A + x(LENGTH, "X: y").replace(b"X: y", b"X: \xff\0") + B, "a x b"),
    Odd("many-fields.warc", A + x(LENGTH, *[f"X-{i}: y" for i in range(20_000)]) + B, "a x b"),
    Odd("endless-header.warc.gz", gz(A, x(LENGTH, "X: " + "y" * (2 << 20)), B), "a bad_record b", "damaged"),
    Odd("endless-header.warc", A + x(LENGTH, "X: " + "y" * (2 << 20)) + B, "a bad_record b", "damaged"),
    Odd("no-id.warc", A + x(LENGTH, without="WARC-Record-ID") + B, "a missing_id b"),
    Odd("no-type.warc", A + x(LENGTH, without="WARC-Type") + B, "a x b"),
    Odd("no-date.warc", A + x(LENGTH, without="WARC-Date") + B, "a x b"),
    Odd("no-address.warc", A + x(LENGTH, without="WARC-Target-URI") + B, "a - b"),
    Odd("absurd-date.warc", A + x(LENGTH, "WARC-Date: 99999-13-45T99:99:99Z", without="WARC-Date") + B, "a x b"),
    Odd("blanks-in-address.warc", A + response("x", WARC_Target_URI="https://x.example.org/a b c") + B, "a x b"),
    Odd("angle-brackets.warc", A + response("x", WARC_Target_URI="<https://x.example.org/>") + B, "a x b"),
    # lengths
    *[
        Odd(f"length-{name}.warc{suffix}", pack(A, x(*lines), B), "a bad_record b", "damaged")
        for name, lines in {
            "missing": [],
            "negative": ["Content-Length: -5"],
            "huge": ["Content-Length: " + "9" * 30],
            "words": ["Content-Length: many"],
        }.items()
        for suffix, pack in {"": lambda *all_: b"".join(all_), ".gz": gz, ".zst": zst}.items()
    ],
    *[
        Odd(f"length-2-gb.warc{suffix}", pack(A, x("Content-Length: 2147483648"), B), "a short_record b", "damaged")
        for suffix, pack in {"": lambda *all_: b"".join(all_), ".gz": gz, ".zst": zst}.items()
    ],
    Odd("length-with-blanks.warc", A + x(f"Content-Length :   {len(BLOCK)}   ") + B, "a x b"),
    Odd("length-twice.warc", A + x(LENGTH, "Content-Length: 10") + B, "a x b"),
    Odd("length-too-large.warc", A + x(f"Content-Length: {len(BLOCK) + 99}") + B + C, "a short_record b c", "damaged"),
    Odd("length-too-small.warc", A + x(f"Content-Length: {len(BLOCK) - 20}") + B + C, "a x bad_record b c", "damaged"),
    Odd("length-swallows-two.warc", A + x("Content-Length: 800") + B + C, "a short_record b c", "damaged"),
    # members
    Odd("one-member.warc.gz", ONE, "a b c"),
    Odd("one-frame.warc.zst", ZSTD(A + B + C), "a b c"),
    Odd("all-fields.warc.gz", full_gzip(A) + full_gzip(B), "a b"),
    Odd("pieces.warc.gz", pieces(A + B + C, 100), "a b c"),
    Odd("pieces.warc.zst", b"".join(ZSTD(A[at : at + 100]) for at in range(0, len(A), 100)) + ZSTD(B), "a b"),
    Odd(
        "one-member-lies.warc.gz", gzip.compress(A + x("Content-Length: 130") + B + C), "a x bad_record b c", "damaged"
    ),
    Odd("one-member-garbage.warc.gz", gzip.compress(A + b"garbage\r\n" + B + C), "a bad_record b c", "damaged"),
    Odd("one-member-wrong-sum.warc.gz", ONE[:-8] + b"\1\2\3\4" + ONE[-4:], "a b c bad_compression", "damaged"),
    Odd("one-member-cut.warc.gz", gzip.compress(A + B + NOISE)[:-900], "a b cut_short", "damaged"),
    Odd("wrong-sum.warc.gz", gz(A) + gz(B)[:-8] + b"\1\2\3\4" + gz(B)[-4:] + gz(C), "a bad_compression c", "damaged"),
    Odd("wrong-size.warc.gz", gz(A) + gz(B)[:-4] + b"\1\2\3\4" + gz(C), "a bad_compression c", "damaged"),
    Odd("first-is-bad.warc.gz", gz(A)[:40] + bytes(30) + gz(A)[70:] + gz(B), "bad_compression b", "damaged"),
    Odd("stored.warc.gz", gzip.compress(A, 0) + gz(B), "a b"),
    Odd("stored-wrong-sum.warc.gz", gzip.compress(A, 0)[:-8] + bytes(8) + gz(B), "bad_compression b", "damaged"),
    Odd("stored-archive.warc.gz", gz(A) + gzip.compress(nested(gz(B)), 0) + gz(C), "a c"),
    Odd("archive-in-archive.warc", A + nested(B + B) + C, "a c"),
    Odd("zeros-between.warc.gz", gz(A) + bytes(512) + gz(B), "a bad_record b", "damaged"),
    Odd("zeros-between.warc", A + bytes(512) + B, "a bad_record b", "damaged"),
    Odd("zeros-after.warc.gz", gz(A, B) + bytes(512), "a b bad_record", "damaged"),
    Odd("zero-after-each.warc.gz", gz(A + b"\0", B + b"\0"), "a b"),
    Odd("zero-after-each.warc", A + b"\0" + B + b"\r\n\0\r\n", "a b"),
    Odd("two-zeros-after.warc.gz", gz(A + b"\0\0", B), "a bad_record b", "damaged"),
    Odd("garbage-after.warc.gz", gz(A, B) + b"garbage", "a b bad_record", "damaged"),
    Odd("garbage-after.warc", A + B + b"garbage", "a b bad_record", "damaged"),
    Odd("garbage-before.warc", b"garbage" + A + B, "bad_record a b", "damaged"),
    Odd("garbage-before.warc.zst", b"garbage" + zst(A, B), "bad_record a b", "damaged"),
    Odd("unpacked-in-packed.warc.gz", gz(A) + B + gz(C), "a b c"),
    Odd("packed-in-unpacked.warc", A + gz(B) + C, "a b c"),
    Odd("gzip-and-zstd.warc.gz", gz(A) + zst(B) + gz(C), "a b c"),
    Odd("skippable-frame.warc.zst", zst(A) + b"\x50\x2a\x4d\x18\x04\0\0\0abcd" + zst(B), "a b"),
    Odd("cut.warc.zst", zst(A, B, C)[:-20], "a b cut_short", "damaged"),
    Odd("cut.warc.gz", gz(A, B, C)[:-20], "a b cut_short", "damaged"),
    Odd("cut-in-header.warc", A + B[:60], "a cut_short", "damaged"),
    Odd("cut-in-block.warc", A + B[:-60], "a cut_short", "damaged"),
    Odd("cut-out.warc", A + B[:220] + C, "a bad_record c", "damaged"),
    # records that hold something else than a whole page
    Odd("revisit.warc", A + record("revisit", b"", "r") + B, "a b"),
    Odd("continuation.warc", A + record("continuation", b"more", "r", WARC_Segment_Number="2") + B, "a b"),
    Odd("truncated.warc", A + response("x", http(HTML[:40]), WARC_Truncated="length") + B, "a x b"),
    Odd("no-http.warc", A + response("x", b"") + response("y", b"<html>") + B, "a malformed_http malformed_http b"),
    Odd("http-2.warc", A + response("x", b"HTTP/2 200\r\ncontent-type: text/html\r\n\r\n" + HTML) + B, "a x b"),
    Odd("long-http-header.warc", A + body(HTML, X_A="y" * 2_000_000) + B, "a x b"),
    # bodies
    Odd("gzip.warc", A + body(gzip.compress(HTML), Content_Encoding="gzip") + B, "a x b"),
    Odd("gzip-cut.warc", A + body(gzip.compress(HTML)[:-20], Content_Encoding="gzip") + B, "a bad_content_encoding b"),
    Odd("gzip-without-sum.warc", A + body(gzip.compress(HTML)[:-5], Content_Encoding="gzip") + B, "a x b"),
    Odd("gzip-undone.warc", A + body(HTML, Content_Encoding="gzip") + B, "a x b"),
    Odd("gzip-is-deflate.warc", A + body(zlib.compress(HTML), Content_Encoding="gzip") + B, "a x b"),
    Odd("gzip-is-noise.warc", A + body(NOISE, Content_Encoding="gzip") + B, "a bad_content_encoding b"),
    Odd("deflate.warc", A + body(zlib.compress(HTML), Content_Encoding="deflate") + B, "a x b"),
    Odd("deflate-raw.warc", A + body(zlib.compress(HTML)[2:-4], Content_Encoding="deflate") + B, "a x b"),
    Odd("deflate-is-gzip.warc", A + body(gzip.compress(HTML), Content_Encoding="deflate") + B, "a x b"),
    Odd("brotli-undone.warc", A + body(HTML, Content_Encoding="br") + B, "a x b"),
    Odd("brotli-is-noise.warc", A + body(b"\xff\xfe\xfd" * 99, Content_Encoding="br") + B, "a bad_content_encoding b"),
    Odd("zstd.warc", A + body(ZSTD(HTML) + ZSTD(HTML), Content_Encoding="zstd") + B, "a x b"),
    Odd("zstd-cut.warc", A + body(ZSTD(HTML)[:-9], Content_Encoding="zstd") + B, "a bad_content_encoding b"),
    Odd("coding-unknown.warc", A + body(NOISE, Content_Encoding="snappy") + B, "a unknown_content_encoding b"),
    Odd("coding-is-none.warc", A + body(HTML, Content_Encoding="snappy") + B, "a x b"),
    Odd("codings.warc", A + body(HTML, Content_Encoding="gzip," * 9) + B, "a unknown_content_encoding b"),
    Odd("chunks.warc", A + body(CHUNKS, Transfer_Encoding="chunked") + B, "a x b"),
    Odd("chunks-open.warc", A + body(b"%x\r\n%b" % (len(HTML), HTML), Transfer_Encoding="chunked") + B, "a x b"),
    Odd("chunks-undone.warc", A + body(HTML, Transfer_Encoding="chunked") + B, "a x b"),
    Odd("chunks-cut.warc", A + body(b"fff\r\n" + HTML, Transfer_Encoding="chunked") + B, "a bad_chunks b"),
    Odd("chunks-bad.warc", A + body(b"6\r\n<html>\r\nzz\r\n", Transfer_Encoding="chunked") + B, "a bad_chunks b"),
]
