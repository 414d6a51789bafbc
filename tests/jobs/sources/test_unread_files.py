"""What a user is told of the files that a folder has and that are not read."""

from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.expand import expand
from tests.command import decantry
from tests.jobs.sources.test_folders import files, names_of


def test_files_of_no_known_format_are_counted(tmp_path: Path) -> None:
    files(tmp_path, "a.jsonl", "b.jsonl.bz2", "c.csv", "d.arc.gz", "e.txt", "_SUCCESS", ".x.crc", "day=1_$folder$")
    told: list[str] = []
    assert names_of(tmp_path, str(tmp_path), told) == ["a.jsonl"]
    assert told == [
        f"the input {tmp_path}: passed over 4 files of no format that is read (b.jsonl.bz2, c.csv, d.arc.gz and others)"
    ]


def test_a_warning_names_files_that_are_missed_and_a_note_those_that_are_no_part_of_the_input(tmp_path: Path) -> None:
    files(tmp_path, "a.jsonl", "c.csv", "_temporary/b.jsonl")
    (tmp_path / "d.jsonl").symlink_to(tmp_path / "unmounted")
    told, warned = list[str](), list[str]()
    expand([str(tmp_path)], tell=told.append, warn=warned.append)
    assert ["_temporary 1" in line for line in told] == [True]
    assert [line.partition("passed over ")[2] for line in warned] == [
        "1 link whose target is not there",
        "1 file of no format that is read (c.csv)",
    ]


def test_a_quiet_command_warns_of_files_that_are_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise UserError("enough")

    files(tmp_path, "in/a.jsonl", "in/c.csv", "in/_temporary/b.jsonl")
    monkeypatch.setattr("decantry.jobs.cli.ingest.open_lake", refuse)
    answer = decantry("ingest", "--input", f"{tmp_path}/in", "--lake", f"{tmp_path}/lake", "--quiet")
    assert answer.code == 2
    assert "passed over 1 file of no format that is read (c.csv)" in answer.err and "_temporary" not in answer.err


def test_files_that_are_not_finished_are_skipped_and_counted(tmp_path: Path) -> None:
    files(tmp_path, "a.jsonl", "b.jsonl.tmp", "c.jsonl.part", "d.tmp/x.jsonl")
    for given in ("", "/*", "/**", "/*.jsonl*"):
        told: list[str] = []
        assert names_of(tmp_path, f"{tmp_path}{given}", told) == ["a.jsonl"]
        assert "end like .tmp" in told[0]
    assert names_of(tmp_path, f"{tmp_path}/*.tmp") == ["b.jsonl.tmp"]


def test_every_file_that_is_not_finished_is_counted(tmp_path: Path) -> None:
    files(tmp_path, "a.jsonl", "B.JSONL.TMP", "c.warc.gz.part", "day=1/000000_0._COPYING_", "_SUCCESS", ".a.jsonl.crc")
    told: list[str] = []
    assert names_of(tmp_path, str(tmp_path), told) == ["a.jsonl"]
    assert [line.partition("passed over ")[2] for line in told] == [
        "3 files below names that begin with _ or ., or end like .tmp "
        "(B.JSONL.TMP 1, c.warc.gz.part 1, 000000_0._COPYING_ 1)"
    ]


def test_partitions_whose_values_end_like_files_that_are_not_finished_are_read(tmp_path: Path) -> None:
    names = ["_kind=b.tmp/x.jsonl", "host=a.tmp/x.jsonl", "source=web.part/day=1/x.jsonl"]
    files(tmp_path, *names, "host=a.tmp/y.jsonl.tmp")
    for given in ("", "/*/*", "/**", "/**/*.jsonl*"):
        told: list[str] = []
        expected = names[:2] if given == "/*/*" else names
        assert names_of(tmp_path, f"{tmp_path}{given}", told) == expected
        assert ["passed over 1 file " in line for line in told] == [True]


def test_names_that_writers_of_rows_use(tmp_path: Path) -> None:
    """Dask and Impala write `.parq`, Scrapy writes `.jl` and `.jsonlines`."""
    names = ["a.parq", "b.pq", "c.jsonl.zstd", "d.jsonlines", "e.jl.gz", "f.json.gzip", "g.JSONL.GZ"]
    names += ["h.warc.gzip", "i.warc.zstd", "j.warc.wet.gzip", "k.wet.zstd", "l.WAT.GZIP"]
    files(tmp_path, *names)
    assert names_of(tmp_path, str(tmp_path)) == names


def test_a_folder_of_other_names_says_how_to_read_them(tmp_path: Path) -> None:
    files(tmp_path, "000000_0", "part-00000")
    with pytest.raises(UserError, match=rf"are read if a pattern names them, as in '{tmp_path}/\*'"):
        expand([str(tmp_path)])
    assert names_of(tmp_path, f"{tmp_path}/*") == ["000000_0", "part-00000"]
