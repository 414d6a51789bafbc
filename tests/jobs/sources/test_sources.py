"""Files, folders, globs and lists as inputs."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from decantry.jobs.process.errors import UserError
from decantry.jobs.sources import expand as expanding
from decantry.jobs.sources.expand import expand
from decantry.jobs.sources.names import format_by_name, is_list
from decantry.jobs.sources.source import inspect
from decantry.jobs.store.errors import SourceError
from tests.jobs.sources.served import files
from tests.jobs.stores import Store

CC = "crawl-data/CC-MAIN-2024-22/segments/1/warc/CC-MAIN-1-00000.warc.gz"


def test_files_folders_and_globs(tmp_path: Path) -> None:
    a, b, c = files(tmp_path, "a.warc.gz", "deep/b.wet", "deep/er/c.jsonl")
    files(tmp_path, "notes.md", ".hidden.warc", "_tmp/x.warc")
    assert [source.uri for source in expand([a, a])] == [a]
    assert [source.uri for source in expand([str(tmp_path)])] == [a, b, c]
    assert [source.uri for source in expand([f"{tmp_path}/deep/**/*.jsonl", a])] == [c, a]
    assert [source.uri for source in expand([str(tmp_path)], limit=2)] == [a, b]
    assert expand([a])[0].path == a


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ([], "no input was named"),
        ([""], "an --input is empty"),
        ([" "], "an --input is empty"),
        (["{}/rows.txt"], "the list {}/rows.txt holds JSON and no paths"),
        (["{}/nothing.warc.gz"], "there is no such path as the input {}/nothing.warc.gz"),
        (["-"], "there is no such path as the input -: the standard input is not read; write it to a file"),
        (["{}/{{a,b}}.jsonl"], r"no such path as the input {}/\{{a,b\}}.jsonl: braces are no pattern; repeat --input"),
        (["{}/*.warc.gz"], "no file matches the input {}/\\*.warc.gz"),
        (["{}/empty"], "the folder {}/empty holds no archives"),
        (["gopher://x/y"], "the input gopher://x/y has the scheme gopher, which is not known"),
        (["s3://"], "names no bucket"),
        (["{}/empty.paths"], "the list {}/empty.paths names no archive"),
        (["{}/bad.txt"], "names ssh://x/y, whose scheme is not known"),
        (["{}/no.paths.gz"], "cannot read the input {}/no.paths.gz: No such file"),
    ],
)
def test_inputs_that_name_nothing(tmp_path: Path, given: list[str], line: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "rows.txt").write_text('{"text": "A row."}\n')
    (tmp_path / "empty.paths").write_text("\n# nothing\n")
    (tmp_path / "bad.txt").write_text("ssh://x/y\n")
    with pytest.raises(UserError, match=line.format(tmp_path)) as caught:
        expand([one.format(tmp_path) for one in given])
    assert "\n" not in str(caught.value)


def test_a_limit_must_be_positive(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="--limit 0"):
        expand([str(tmp_path)], limit=0)


def test_a_list_of_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = tmp_path / "warc.paths.gz"
    listed.write_bytes(gzip.compress(f"{CC}\n# a comment\n\nother.warc.gz\n/abs/x.warc\n".encode()))
    found = expand([str(listed)])
    assert [source.uri for source in found] == [
        f"https://data.commoncrawl.org/{CC}",
        f"{tmp_path}/other.warc.gz",
        "/abs/x.warc",
    ]
    assert found[0].path == CC
    monkeypatch.setenv("DECANTRY_COMMONCRAWL", "s3://commoncrawl")
    assert expand([str(listed)], limit=1)[0].uri == f"s3://commoncrawl/{CC}"
    files(tmp_path, CC)
    assert expand([str(listed)], limit=1)[0].uri == f"{tmp_path}/{CC}"


def test_a_list_of_windows(tmp_path: Path) -> None:
    """PowerShell's `>` writes UTF-16."""
    listed = tmp_path / "all.txt"
    for encoding in ("utf-16", "utf-8-sig", "utf-8"):
        listed.write_bytes("a b.warc.gz\r\n\r\nü\u2028\x85.warc\r\n".encode(encoding))
        assert [source.uri for source in expand([str(listed)])] == [
            f"{tmp_path}/{name}" for name in ("a b.warc.gz", "ü\u2028\x85.warc")
        ]
    listed.write_bytes("a.warc.gz\n".encode("utf-16-le"))
    with pytest.raises(UserError, match=r"the list .*all\.txt is no text: write it in UTF-8"):
        expand([str(listed)])


def test_what_a_list_names_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    os.mkfifo(tmp_path / "pipe.jsonl")
    listed = tmp_path / "all.paths"
    listed.write_text("deep\ndeep/*.jsonl\npipe.jsonl\n")
    lines = ("it is a folder: name it with --input, and not in a list", "No such file", "it is not a regular file")
    for source, line in zip(expand([str(listed)]), lines, strict=True):
        with pytest.raises(SourceError, match=line):
            inspect(source)


def test_a_list_on_a_mirror_means_the_mirror(server: Store) -> None:
    path = "/cc/crawl-data/CC-MAIN-2024-22/warc.paths.gz"
    server.files[path] = gzip.compress(CC.encode() + b"\n")
    found = expand([server.address + path])
    assert [(source.uri, source.path) for source in found] == [(f"{server.address}/cc/{CC}", CC)]


def test_a_text_file_of_records_is_not_a_list(tmp_path: Path) -> None:
    file = tmp_path / "records.txt"
    file.write_bytes(b"WARC/1.0\r\n")
    assert [source.uri for source in expand([str(file)])] == [str(file)]


def test_a_list_that_is_too_long_is_not_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "all.paths"
    file.write_text("a.warc.gz\nb.warc.gz\n")
    monkeypatch.setattr(expanding, "LONGEST_LIST", 20)
    assert len(expand([str(file)])) == 2
    monkeypatch.setattr(expanding, "LONGEST_LIST", 19)
    with pytest.raises(UserError, match=r"the list .*all\.paths has more than 0 MiB: name its parts, each a list"):
        expand([str(file)])


def test_formats_by_name() -> None:
    names = ["a.warc.gz", "a.WARC", "a.warc.wet.gz", "a.wet.zst", "a.jsonl", "b.ndjson.gz", "x.parquet", "a.bin"]
    expected = ["warc", "warc", "wet", "wet", "jsonl", "jsonl", "parquet", None]
    assert [format_by_name(name) for name in names] == expected
    assert is_list("https://x/warc.paths.gz?y=z") and is_list("all.txt") and not is_list("a.jsonl")
