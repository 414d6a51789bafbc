"""The files that a folder, a glob or a name means: hidden names as in Spark, and names with any characters."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.expand import expand
from decantry.jobs.sources.hidden import hidden_part, is_hidden


def files(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")


def names_of(folder: Path, given: str, told: list[str] | None = None) -> list[str]:
    """The files that the input means, as paths below the folder."""
    lines = told if told is not None else []
    return [os.path.relpath(source.uri, folder) for source in expand([given], tell=lines.append)]


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("_temporary", True),
        ("_SUCCESS", True),
        (".staging", True),
        (".hive-staging_hive_2024", True),
        (".part-00000.snappy.parquet.crc", True),
        ("_year=2024", False),  # a partition whose column begins so
        (".year=2024", True),
        ("a.warc.gz._COPYING_", True),
        ("part-0.parquet.tmp", True),
        ("a.jsonl.inprogress", True),  # Flink
        ("a.jsonl.incomplete", True),  # huggingface_hub
        ("a.warc.gz.crdownload", True),
        ("A.JSONL.TMP", True),
        ("a.warc.gz.Part", True),
        ("tmp.jsonl", False),
        ("year=1.jsonl.tmp", True),
        ("_year=1.jsonl.tmp", True),
        ("part_0.parquet", False),
        ("year=_2024", False),
    ],
)
def test_names_that_are_hidden(name: str, hidden: bool) -> None:
    assert is_hidden(name) is hidden


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("host=a.tmp", False),
        ("source=web.part", False),
        ("_source=web.PART", False),
        (".year=2024", True),  # as in Spark
        ("_temporary", True),
        ("web.incomplete", True),  # the library datasets writes Parquet files into it, and renames it at the end
        ("web.TMP", True),
    ],
)
def test_names_of_folders_that_are_hidden(name: str, hidden: bool) -> None:
    assert is_hidden(name, is_folder=True) is hidden
    assert (hidden_part(f"{name}/x.jsonl") is not None) is hidden
    assert (hidden_part(f"a/{name}/") is not None) is hidden


def test_a_pattern_asks_for_hidden_names_by_their_first_letter() -> None:
    assert hidden_part("a/_inbox/x.warc", "*/*/x.warc") == "_inbox"
    assert hidden_part("a/_inbox/x.warc", "*/_inbox/x.warc") is None
    assert hidden_part("a/_inbox/x.warc", "*/_in*/*") is None
    assert hidden_part("a/_inbox/.x.warc", "*/_in*/*") == ".x.warc"
    assert hidden_part("a/x.warc.tmp", "*/*") == "x.warc.tmp"
    assert hidden_part("a/x.warc.tmp", "*/*.tmp") is None


LEFT = (
    "_temporary/0/_temporary/attempt_1_m_0/part-0.jsonl",
    "_temporary/0/task_1/part-1.jsonl",
    ".staging/job_1/part-0.jsonl",
    "day=1/_inbox/part-0.jsonl",
    "day=1/deep/er/_tmp/x/y/part-0.jsonl",
    "day=1/.part-0.jsonl",
    "day=1/_part-0.jsonl",
)


def test_files_of_failed_jobs_are_skipped_and_counted_at_every_depth(tmp_path: Path) -> None:
    files(tmp_path, *LEFT, "day=1/part-0.jsonl", "_day=2/part-0.jsonl", "_SUCCESS", "day=1/.part-0.jsonl.crc")
    told: list[str] = []
    assert names_of(tmp_path, str(tmp_path), told) == ["_day=2/part-0.jsonl", "day=1/part-0.jsonl"]
    assert told == [
        f"the input {tmp_path}: passed over 7 files below names that begin with _ or ., or end like .tmp "
        "(_temporary 2, .staging 1, .part-0.jsonl 1 and others)"
    ]


@pytest.mark.parametrize("pattern", ["**/*.jsonl", "*/*.jsonl", "*/**/*.jsonl", "d*/*.jsonl"])
def test_a_glob_passes_over_the_same(tmp_path: Path, pattern: str) -> None:
    files(tmp_path, *LEFT, "day=1/part-0.jsonl")
    told: list[str] = []
    assert names_of(tmp_path, f"{tmp_path}/{pattern}", told) == ["day=1/part-0.jsonl"]
    assert len(told) == 1 and "passed over" in told[0]


def test_a_folder_that_is_named_is_read_whatever_its_name(tmp_path: Path) -> None:
    files(tmp_path, *LEFT)
    assert names_of(tmp_path, f"{tmp_path}/day=1/_inbox") == ["day=1/_inbox/part-0.jsonl"]
    assert names_of(tmp_path, f"{tmp_path}/day=1/_inbox/*.jsonl") == ["day=1/_inbox/part-0.jsonl"]
    assert names_of(tmp_path, f"{tmp_path}/*/_inbox/*.jsonl") == ["day=1/_inbox/part-0.jsonl"]
    assert names_of(tmp_path, f"{tmp_path}/day=1/_part-0.jsonl") == ["day=1/_part-0.jsonl"]
    assert names_of(tmp_path, f"{tmp_path}/_temporary/0/task_1") == ["_temporary/0/task_1/part-1.jsonl"]
    assert names_of(tmp_path, f"{tmp_path}/_temporary") == ["_temporary/0/task_1/part-1.jsonl"]


def test_a_folder_with_nothing_but_hidden_files_says_so(tmp_path: Path) -> None:
    files(tmp_path, *LEFT)
    told: list[str] = []
    with pytest.raises(UserError, match="holds no archives"):
        expand([str(tmp_path)], tell=told.append)
    assert "passed over 7 files" in told[0]


ODD = (
    "what?.warc.gz",
    "50%.jsonl",
    "a%20b.jsonl",
    "a b.jsonl",
    "#1.jsonl",
    "a#token=x.jsonl",
    "a?sig=1&x.jsonl",
    "sta*r.jsonl",
    "[1].jsonl",
    "größe-日本.jsonl",
    "a:b@c.jsonl",
    "' \".jsonl",
)


def test_odd_letters_are_letters_of_names(tmp_path: Path) -> None:
    files(tmp_path, *ODD)
    found = expand([str(tmp_path)])
    assert sorted(os.path.relpath(source.uri, tmp_path) for source in found) == sorted(ODD)
    assert sorted(source.path for source in found) == sorted(f"{tmp_path}/{name}" for name in ODD)


@pytest.mark.parametrize("name", ODD)
def test_a_file_of_an_odd_name_can_be_named_and_listed(tmp_path: Path, name: str) -> None:
    files(tmp_path, name)
    (tmp_path / "the.paths").write_text(f"{tmp_path}/{name}\n./{name}\n", encoding="utf-8")
    assert [source.path for source in expand([f"{tmp_path}/{name}"])] == [f"{tmp_path}/{name}"]
    assert [source.path for source in expand([f"{tmp_path}/the.paths"])] == [f"{tmp_path}/{name}"]


def test_folders_of_odd_names(tmp_path: Path) -> None:
    for folder in ("a?b", "50%", "c#d", "e f", "[g]", "日本"):
        files(tmp_path / folder, "x.jsonl")
        assert names_of(tmp_path, f"{tmp_path}/{folder}") == [f"{folder}/x.jsonl"]
        shutil.rmtree(tmp_path / folder)


def test_names_that_are_not_utf8_are_skipped_and_counted(tmp_path: Path) -> None:
    files(tmp_path, "a.jsonl")
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.jsonl")).write_bytes(b"x")
    told: list[str] = []
    for given in (str(tmp_path), f"{tmp_path}/*.jsonl"):
        assert names_of(tmp_path, given, told) == ["a.jsonl"]
    assert told[0] == f"the input {tmp_path}: passed over 1 file whose names are no UTF-8: rename them"
    with pytest.raises(UserError, match="is no UTF-8"):
        expand([os.fsdecode(os.fsencode(tmp_path) + b"/\xff.jsonl")])


def test_a_folder_that_may_not_be_read_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files(tmp_path, "a.jsonl", ".Trash-0/b.jsonl", "gone/b.jsonl", "secret/b.jsonl")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("gone"):
            raise FileNotFoundError(2, "No such file or directory", str(path))
        if str(path).endswith(("secret", ".Trash-0")):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    for given in (str(tmp_path), f"{tmp_path}/**/.Trash*/*.jsonl"):
        with pytest.raises(UserError, match=r"cannot read the input .*: Permission denied"):
            expand([given])
        if (tmp_path / "secret").exists():
            (tmp_path / "secret").rename(tmp_path / "_secret")  # so that only the trash is refused
    assert names_of(tmp_path, str(tmp_path)) == ["a.jsonl"]


@pytest.mark.parametrize("prefix", ["file:", "file://", "FILE://", "file://localhost"])
def test_addresses_of_local_files(tmp_path: Path, prefix: str) -> None:
    """RFC 8089; Spark and Hadoop write `file:/path`."""
    files(tmp_path, "a.jsonl")
    for given in (f"{prefix}{tmp_path}", f"{prefix}{tmp_path}/a.jsonl", f"{prefix}{tmp_path}/*.jsonl"):
        assert [source.path for source in expand([given])] == [f"{tmp_path}/a.jsonl"]


def test_escapes_after_file_are_decoded_unless_the_path_exists(tmp_path: Path) -> None:
    """RFC 8089, 2; Python's `Path.as_uri` and Spark write `%20`."""
    files(tmp_path, "a b/ü#.jsonl", "c%20d/e.jsonl")
    for given in ("a%20b", "a%20b/%C3%BC%23.jsonl", "a%20b/*.jsonl", "a b", "a%20b/%C3%BC*.jsonl", "a b/*%23.jsonl"):
        assert names_of(tmp_path, f"file://{tmp_path}/{given}") == ["a b/ü#.jsonl"]
    for given in ("c%20d", "c%20d/e.jsonl", "c%20d/*.jsonl", "c%20*/*.jsonl"):
        assert names_of(tmp_path, f"file:{tmp_path}/{given}") == ["c%20d/e.jsonl"]
    for given in (f"{tmp_path}/a%20b", f"file:{tmp_path}/no%20file", f"file:///{'x' * 5000}%20"):
        with pytest.raises(UserError, match=r"there is no such path|File name too long"):
            expand([given])


def test_a_relative_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files(tmp_path, "in/a.jsonl", "in/_tmp/b.jsonl")
    monkeypatch.chdir(tmp_path)
    assert [source.uri for source in expand(["in"])] == ["in/a.jsonl"]
    assert [source.uri for source in expand(["*/*.jsonl"])] == ["in/a.jsonl"]
    assert [source.path for source in expand(["."])] == [f"{tmp_path}/in/a.jsonl"]


def test_a_folder_whose_name_ends_like_a_list_is_a_folder(tmp_path: Path) -> None:
    files(tmp_path, "corpus.txt/a.jsonl", "warc.paths/b.jsonl")
    assert names_of(tmp_path, f"{tmp_path}/corpus.txt") == ["corpus.txt/a.jsonl"]
    assert names_of(tmp_path, f"{tmp_path}/warc.paths") == ["warc.paths/b.jsonl"]


def test_in_a_pattern_the_name_of_a_folder_is_a_name(tmp_path: Path) -> None:
    files(tmp_path, "run [1]/a.jsonl", "what?/b.jsonl", "whats/c.jsonl", "run 1/d.jsonl")
    assert names_of(tmp_path, f"{tmp_path}/run [1]/*.jsonl") == ["run [1]/a.jsonl"]
    assert names_of(tmp_path, f"{tmp_path}/what?/**") == ["what?/b.jsonl"]
    assert names_of(tmp_path, f"{tmp_path}/wh*/*.jsonl") == ["what?/b.jsonl", "whats/c.jsonl"]
    assert names_of(tmp_path, f"{tmp_path}/what[s]/*.jsonl") == ["whats/c.jsonl"]
