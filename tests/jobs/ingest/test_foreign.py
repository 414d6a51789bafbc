"""Files in formats that are not read say what they are and what to do, whatever their names."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from pathlib import Path

import pytest

from tests.jobs.ingest.test_corpora import read

LINE = b'{"id": "a", "text": "t"}\n'
POINTER = b"version https://git-lfs.github.com/spec/v1\noid sha256:66\nsize 146946961\n"


def zipped() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr("archive/rows.jsonl", LINE)
    return packed.getvalue()


def tarred() -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as file:
        file.addfile(tarfile.TarInfo("rows.jsonl"), io.BytesIO())
    return packed.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("rows.parquet", POINTER, "a pointer of Git LFS in the place of the file: run `git lfs pull`"),
        ("rows.jsonl", POINTER, "a pointer of Git LFS"),
        ("crawl.wacz", zipped(), "a ZIP file (WACZ and Excel files are such, too): unpack it, and name"),
        ("rows.jsonl", zipped(), "a ZIP file"),
        ("rows.tar.gz", gzip.compress(tarred()), "a tar file: unpack it"),
        ("rows.jsonl.bz2", bz2.compress(LINE), "compressed with bzip2: compress its content with gzip or zstd"),
        ("rows.json", lzma.compress(LINE), "compressed with xz: "),
        ("rows.jsonl.gz", gzip.compress(gzip.compress(LINE)), "compressed twice: decompress it once"),
        ("rows.arrow", b"ARROW1\0\0" + bytes(99), "an Arrow file: write its rows out as Parquet or JSON lines"),
        ("rows.parquet", b"PARE" + bytes(99) + b"PARE", "an encrypted Parquet file: decrypt it"),
        ("rows.json.deflate", zlib.compress(LINE), "compressed with zlib: "),
        ("rows.jsonl", zlib.compress(LINE), "compressed with zlib: "),
        ("rows.jsonl.lzma", lzma.compress(LINE, lzma.FORMAT_ALONE), "compressed with lzma: "),
        ("rows.jsonl", b"\x1f\x9d\x90" + bytes(9), "compressed with compress: "),
        ("rows.jsonl", b"\x89LZO\0\r\n\x1a\n" + bytes(9), "compressed with lzop: "),
        ("rows.jsonl", b"LZIP\x01" + bytes(9), "compressed with lzip: "),
        ("rows.jsonl", b"\x02\x21\x4c\x18" + bytes(9), "compressed with lz4: "),
        ("rows.arrow", b"\xff\xff\xff\xff\x98\0\0\0" + bytes(9), "an Arrow stream: write its rows out"),
        ("rows.feather", b"FEA1" + bytes(9), "a Feather file: write its rows out"),
        ("rows.jsonl.gz", b"\n<!DOCTYPE html>\n<title>404</title>", "a page in HTML or XML (servers send one with an"),
        ("rows.jsonl", b"<?xml version='1.0'?><Error/>", "a page in HTML or XML"),
        ("rows.parquet.gz", gzip.compress(b"PAR1" + LINE), "not a readable Parquet file (it is compressed as a whole"),
        ("a.arc.gz", gzip.compress(b"filedesc://a.arc 0.0.0.0 2026"), "an ARC file: convert it to WARC"),
    ],
)  # fmt: skip
def test_a_file_of_another_format(tmp_path: Path, name: str, data: bytes, why: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    found, count = read(path)
    assert found == []
    assert count["error"].startswith(f"{path}: it is ")
    assert why in count["error"]


def test_rows_that_begin_like_a_signature_are_read(tmp_path: Path) -> None:
    path = tmp_path / "rows.jsonl"
    path.write_bytes(LINE + POINTER)
    found, _ = read(path)
    assert [row["kind"] for row in found] == ["document", "reject", "reject", "reject"]
