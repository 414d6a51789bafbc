from __future__ import annotations

import pytest

from decantry.jobs.ingest.plan import Part, plan
from decantry.jobs.sources.source import Source

MIB = 1 << 20


def source(name: str, size: int) -> Source:
    return Source(name, name, size, "v")


def shape(sources: list[Source], cores: int) -> list[list[tuple[str, int, int | None]]]:
    return [[(part.source.path, part.start, part.end) for part in task] for task in plan(sources, cores)]


def test_one_archive_is_split_for_all_cores() -> None:
    found = shape([source("a.warc.gz", 64 * MIB)], 2)
    assert sorted(found) == [
        [("a.warc.gz", 0, 16 * MIB)],
        [("a.warc.gz", 16 * MIB, 32 * MIB)],
        [("a.warc.gz", 32 * MIB, 48 * MIB)],
        [("a.warc.gz", 48 * MIB, None)],
    ]


@pytest.mark.parametrize("name", ["a.jsonl", "a.ndjson", "a.parquet", "a.warc.gzip", "a.wet.zstd"])
def test_files_of_rows_and_archives_of_other_names_are_split(name: str) -> None:
    assert len(shape([source(name, 64 * MIB)], 2)) == 4


@pytest.mark.parametrize("name", ["a.warc", "a.jsonl.gz", "a.json.zst", "a.jl.gzip", "a.jsonl.zstd", "a.wet"])
def test_files_that_cannot_be_read_from_the_middle_are_not_split(name: str) -> None:
    assert shape([source(name, 64 * MIB)], 2) == [[(name, 0, None)]]


def test_as_many_archives_as_cores_are_not_split() -> None:
    sizes = [100, 90, 80, 70, 60, 50, 40, 30]
    found = plan([source(f"{size}.warc.gz", size * MIB) for size in sizes], 1)
    assert [[part.weight // MIB for part in task] for task in found] == [[size] for size in sizes]


def test_small_archives_share_a_task() -> None:
    tasks = plan([source(f"{i:04}.warc.gz", 64 << 10) for i in range(1000)], 2)
    assert 4 <= len(tasks) <= 20
    assert len({part.source.path for task in tasks for part in task}) == 1000


def test_every_byte_is_in_one_part() -> None:
    tasks = plan([source("a.warc.gz", 77_777_777), source("b.warc.zst", 5), source("c.warc.gz", 0)], 3)
    parts = sorted((part for task in tasks for part in task), key=lambda part: (part.source.path, part.start))
    for name in ("a.warc.gz", "b.warc.zst", "c.warc.gz"):
        mine = [part for part in parts if part.source.path == name]
        assert mine[0].start == 0 and mine[-1].end is None
        assert [part.end for part in mine[:-1]] == [part.start for part in mine[1:]]
    assert Part(source("a", 10), 4).weight == 6
