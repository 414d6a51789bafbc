"""A JSONL file in parts: each line is in exactly one part, wherever the file is cut."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from decantry.jobs.ingest import lines as room
from decantry.jobs.ingest.lines import Lines
from decantry.jobs.ingest.plan import Part
from decantry.jobs.sources.source import Source, inspect


def source(path: Path, content: bytes) -> Source:
    path.write_bytes(content)
    return inspect(Source(str(path), str(path)))


def parts(file: Source, cuts: list[int]) -> list[Part]:
    edges = [0, *cuts]
    return [Part(file, begin, end) for begin, end in zip(edges, [*cuts, None], strict=True)]


def read(found: list[Part]) -> tuple[list[bytes | None], list[int]]:
    """The lines of all parts, and the number of each in the file."""
    content: list[bytes | None] = []
    numbers: list[int] = []
    before = 0
    for part in found:
        lines = Lines(part)
        for number, line in lines:
            content.append(line)
            numbers.append(before + number)
        before += lines.count
    return content, numbers


def test_a_line_belongs_to_the_part_that_has_its_first_byte(tmp_path: Path) -> None:
    file = source(tmp_path / "a.jsonl", b"one\ntwo\nthree\n")
    for cut, first in ((3, [b"one\n"]), (4, [b"one\n"]), (5, [b"one\n", b"two\n"]), (8, [b"one\n", b"two\n"])):
        assert [line for _, line in Lines(Part(file, 0, cut))] == first
        assert read(parts(file, [cut])) == ([b"one\n", b"two\n", b"three\n"], [0, 1, 2])


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.lists(st.sampled_from([b"\n", b"a\n", b"bb\r\n", b" \n", b"c" * 40 + b"\n", b"end"])).map(b"".join),
    cuts=st.sets(st.integers(1, 200)),
)
def test_every_line_is_read_once_and_numbered_as_in_the_file(tmp_path: Path, content: bytes, cuts: set[int]) -> None:
    file = source(tmp_path / "a.jsonl", content)
    expected = [(n, line) for n, line in enumerate(content.splitlines(keepends=True)) if line.strip()]
    found = read(parts(file, sorted(cut for cut in cuts if cut < len(content))))
    assert found == ([line for _, line in expected], [n for n, _ in expected])


def test_a_line_that_is_too_long_counts_as_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "LONGEST_LINE", 8)
    file = source(tmp_path / "a.jsonl", b"short\n" + b"x" * 50 + b"\nlast\n")
    assert read(parts(file, [])) == ([b"short\n", None, b"last\n"], [0, 1, 2])
    assert read(parts(file, [20, 40])) == ([b"short\n", None, b"last\n"], [0, 1, 2])


def test_a_compressed_file_is_read_in_its_first_part(tmp_path: Path) -> None:
    packed = gzip.compress(b"one\ntwo\n", mtime=0)
    file = source(tmp_path / "named.jsonl", packed)
    assert read(parts(file, [10])) == ([b"one\n", b"two\n"], [0, 1])
    cut = Lines(Part(source(tmp_path / "cut.jsonl", packed[:-4])))
    assert [line for _, line in cut] == [b"one\n", b"two\n"]
    assert cut.damage is not None and cut.damage[0] == "cut_short"
