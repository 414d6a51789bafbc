"""Fault 11: a .warc.zst file whose dictionary cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
import zstandard

from decantry.jobs.ingest.retrieve import retrieve
from decantry.jobs.store.errors import SourceError
from tests.faults.reading import read


@pytest.mark.parametrize(
    ("dictionary", "claimed", "why"),
    [
        (b"cut short", 5000, "cut short or too large"),
        (b"\x28\xb5\x2f\xfd that no compressor wrote", 28, "damaged"),
        (b"\x37\xa4\x30\xec of a dictionary, and nothing more", 37, "damaged"),
        (zstandard.compress(bytes((64 << 20) + 1)), None, "cut short or too large"),
    ],
)
def test_a_file_whose_zstd_dictionary_cannot_be_used_has_failed(
    dictionary: bytes, claimed: int | None, why: str, tmp_path: Path
) -> None:
    path = tmp_path / "bad.warc.zst"
    size = len(dictionary) if claimed is None else claimed
    path.write_bytes(b"\x5d\x2a\x4d\x18" + size.to_bytes(4, "little") + dictionary)
    assert read(path).counts["error"].startswith(f"{path}: the zstd dictionary at its start is {why}")


def test_a_page_of_a_file_whose_dictionary_is_damaged_cannot_be_read_again(tmp_path: Path) -> None:
    path = tmp_path / "bad.warc.zst"
    path.write_bytes(b"\x5d\x2a\x4d\x18" + (28).to_bytes(4, "little") + b"\x28\xb5\x2f\xfd that no compressor wrote")
    place = {"warc_path": str(path), "warc_offset": 0, "warc_length": 50}
    with pytest.raises(SourceError, match=r"bad\.warc\.zst: the zstd dictionary at its start is damaged"):
        retrieve({"id": "<urn:uuid:1>", "url": "https://a.example/", **place})
