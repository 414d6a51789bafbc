"""Files of formats that are not read, recognised by their first bytes, and what to do with them."""

from __future__ import annotations

_UNPACK = "unpack it, and name the files in it"
_PARQUET = "write its rows out as Parquet or JSON lines"
_AGAIN = "compress its content with gzip or zstd, or not at all"
SIGNATURES = (
    (b"version https://git-lfs.github.com/spec/", "a pointer of Git LFS in the place of the file: run `git lfs pull`"),
    (b"PK\x03\x04", f"a ZIP file (WACZ and Excel files are such, too): {_UNPACK}"),
    (b"7z\xbc\xaf\x27\x1c", f"a 7z file: {_UNPACK}"),
    (b"Rar!\x1a\x07", f"a RAR file: {_UNPACK}"),
    (b"BZh", f"compressed with bzip2: {_AGAIN}"),
    (b"\xfd7zXZ\0", f"compressed with xz: {_AGAIN}"),
    (b"\x04\x22\x4d\x18", f"compressed with lz4: {_AGAIN}"),
    (b"\xff\x06\0\0sNaPpY", f"compressed with snappy: {_AGAIN}"),
    (b"\x1f\x8b\x08", "compressed twice: decompress it once"),
    (b"\x28\xb5\x2f\xfd", "compressed twice: decompress it once"),
    (b"ARROW1", f"an Arrow file: {_PARQUET}"),
    (b"Obj\x01", f"an Avro file: {_PARQUET}"),
    (b"ORC", f"an ORC file: {_PARQUET}"),
    (b"PARE", "an encrypted Parquet file: decrypt it"),
    (b"SQLite format 3\0", f"a database of SQLite: {_PARQUET}"),
    (b"filedesc://", "an ARC file: convert it to WARC, for example with `warcio recompress`"),
)
_TAR = slice(257, 262)
"""Where `ustar` stands in the header of a tar file (POSIX.1-2017, pax)."""


def foreign(head: bytes) -> str | None:
    """What a file with these first bytes is, and what to do; None if it is in no format that is known and not read.

    `head` is decompressed.
    """
    if head[_TAR] == b"ustar":
        return f"a tar file: {_UNPACK}"
    return next((what for signature, what in SIGNATURES if head.startswith(signature)), None)
