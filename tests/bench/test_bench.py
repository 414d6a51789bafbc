"""The tools of the benchmarks: copied archives, marginal rates, the watch on memory."""

from __future__ import annotations

import os
import time
from pathlib import Path

from warcio.archiveiterator import ArchiveIterator

from decantry.jobs.sample import build
from tests.bench.archives import reissue
from tests.bench.memory import PeakMemory


def _records(paths: list[Path]) -> list[tuple[str, str, bytes]]:
    found = []
    for path in paths:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, check_digests="raise"):
                headers = record.rec_headers
                content = record.content_stream().read()
                found.append((record.rec_type, headers.get_header("WARC-Record-ID"), content))
    return found


def test_a_copy_is_a_crawl_of_its_own_with_the_same_pages(tmp_path: Path) -> None:
    sources = build(tmp_path / "sample")
    first, second = reissue(sources, tmp_path / "crawls", 2)
    original, one, two = _records(sources), _records(first), _records(second)
    assert [content for kind, _, content in one if kind == "response"] == [
        content for kind, _, content in original if kind == "response"
    ]
    assert {name for _, name, _ in one}.isdisjoint(name for _, name, _ in two)
    assert [b"isPartOf: BENCH-0001" in content for kind, _, content in two if kind == "warcinfo"] == [True] * 3
    assert reissue(sources, tmp_path / "crawls", 2) == [first, second]


def test_an_archive_is_cut_after_so_many_pages(tmp_path: Path) -> None:
    (cut,) = reissue(build(tmp_path / "sample"), tmp_path / "cut", 1, pages=5)
    assert [kind for kind, _, _ in _records(cut)].count("response") == 5 * len(cut)


def test_the_watch_sees_memory_that_was_used() -> None:
    with PeakMemory(os.getpid()) as memory:
        held = os.urandom(1 << 20) * 300
        deadline = time.monotonic() + 30
        while memory.gib < 0.25 and time.monotonic() < deadline:
            time.sleep(0.1)
    assert len(held) == 300 << 20
    assert memory.gib > 0.25
