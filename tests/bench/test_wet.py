"""The WET files of the benchmarks can be read, and copies are near-duplicates of their originals."""

from __future__ import annotations

import json
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from tests.bench.wet import changed, written


def shingles(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[at : at + 5]) for at in range(len(words) - 4)}


def jaccard(one: str, other: str) -> float:
    a, b = shingles(one), shingles(other)
    return len(a & b) / len(a | b)


def test_originals_differ_and_copies_are_near(tmp_path: Path) -> None:
    kept = tmp_path / "texts.jsonl"
    page = {"url": "https://pages.example.org/a", "text": " ".join(f"word{n}" for n in range(1_000))}
    kept.write_text(json.dumps(page) + "\n")
    (file,) = written(kept, tmp_path, 16)
    with file.open("rb") as stream:
        records = [
            (record.rec_headers.get_header("WARC-Record-ID"), record.content_stream().read().decode())
            for record in ArchiveIterator(stream, check_digests="raise")
            if record.rec_type == "conversion"
        ]
    ids, texts = zip(*records, strict=True)
    assert len(set(ids)) == 16
    assert max(jaccard(texts[n], texts[n + 1]) for n in (0, 4, 8, 12)) < 0.1
    near = [jaccard(texts[n], texts[n + 3]) for n in (0, 4, 8, 12)]
    assert near[0] == 1 > near[1] > near[2] > near[3] > 0.7
    before = file.read_bytes()
    assert written(kept, tmp_path, 16) == [file]
    assert file.read_bytes() == before


def test_the_same_seed_changes_the_same_words() -> None:
    text = " ".join(map(str, range(1_000)))
    assert changed(text, 0.3, 7) == changed(text, 0.3, 7) != changed(text, 0.3, 8)
    assert changed(text, 0.0, 7) == text
