"""Files of formats that are not read, recognised by their first bytes, and what to do with them."""

from __future__ import annotations

import re

from decantry.udfs.archive.codecs import Gzip, Zstd

_UNPACK = "unpack it, and name the files in it"
_PARQUET = "write its rows out as Parquet or JSON lines"
_AGAIN = "compress its content with gzip or zstd, or not at all"


def _compressed(**formats: bytes) -> list[tuple[bytes, str]]:
    return [(magic, f"compressed with {name}: {_AGAIN}") for name, magic in formats.items()]


SIGNATURES = (
    (b"version https://git-lfs.github.com/spec/", "a pointer of Git LFS in the place of the file: run `git lfs pull`"),
    (b"PK\x03\x04", f"a ZIP file (WACZ and Excel files are such, too): {_UNPACK}"),
    (b"7z\xbc\xaf\x27\x1c", f"a 7z file: {_UNPACK}"),
    (b"Rar!\x1a\x07", f"a RAR file: {_UNPACK}"),
    *_compressed(bzip2=b"BZh", xz=b"\xfd7zXZ\0", lz4=b"\x04\x22\x4d\x18", snappy=b"\xff\x06\0\0sNaPpY"),
    *((codec.magic, "compressed twice: decompress it once") for codec in (Gzip, Zstd)),
    (b"ARROW1", f"an Arrow file: {_PARQUET}"),
    (b"Obj\x01", f"an Avro file: {_PARQUET}"),
    (b"ORC", f"an ORC file: {_PARQUET}"),
    (b"PARE", "an encrypted Parquet file: decrypt it"),
    (b"SQLite format 3\0", f"a database of SQLite: {_PARQUET}"),
    (b"filedesc://", "an ARC file: convert it to WARC, for example with `warcio recompress`"),
)
OF_ROWS = (
    *_compressed(compress=b"\x1f\x9d", lz4=b"\x02\x21\x4c\x18", lzop=b"\x89LZO\0", lzip=b"LZIP\x01"),
    *_compressed(lzma=b"\x5d\0\0"),
    *(pair for level in (0x01, 0x9C, 0xDA) for pair in _compressed(zlib=bytes((0x78, level)))),
    (b"\xff\xff\xff\xff", f"an Arrow stream: {_PARQUET}"),
    (b"FEA1", f"a Feather file: {_PARQUET}"),
)
"""Signatures that a damaged archive may begin with, too."""
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml)\b", re.IGNORECASE)
_TAR = slice(257, 262)
"""Where `ustar` stands in the header of a tar file (POSIX.1-2017, pax)."""


def foreign(head: bytes, may_be_archive: bool) -> str | None:
    """What a file with these first bytes is, and what to do; None if it is in no format that is known and not read.

    `head` is decompressed. A file that may be a damaged archive is looked at in fewer ways.
    """
    if head[_TAR] == b"ustar":
        return f"a tar file: {_UNPACK}"
    if _MARKUP.match(head) and not may_be_archive:
        return "a page in HTML or XML (servers send one with an error): get the file of rows again"
    signatures = SIGNATURES if may_be_archive else (*SIGNATURES, *OF_ROWS)
    return next((what for signature, what in signatures if head.startswith(signature)), None)
