"""Links below a folder or a glob: each file is read once, by its plainest name."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.jobs.sources.test_folders import files, names_of


def test_links_to_folders_are_followed_and_each_folder_counts_once(tmp_path: Path) -> None:
    files(tmp_path / "disk", "b.jsonl", "deep/c.jsonl")
    files(tmp_path, "in/a.jsonl", "in/real/d.jsonl")
    (tmp_path / "in/more").symlink_to(tmp_path / "disk")
    (tmp_path / "in/again").symlink_to(tmp_path / "in/real")
    (tmp_path / "in/loop").symlink_to(tmp_path / "in")
    (tmp_path / "disk/back").symlink_to(tmp_path / "in")
    once = ["in/a.jsonl", "in/more/b.jsonl", "in/more/deep/c.jsonl", "in/real/d.jsonl"]
    assert names_of(tmp_path, f"{tmp_path}/in") == once
    assert names_of(tmp_path, f"{tmp_path}/in/**/*.jsonl") == once


def test_the_name_of_a_file_depends_on_no_link_above_the_input(tmp_path: Path) -> None:
    files(tmp_path, "disk/b/x.jsonl")
    (tmp_path / "in").symlink_to("disk")
    (tmp_path / "disk/a").symlink_to("b")
    for given in ("in", "in/*/*.jsonl", "in/**/*.jsonl"):
        assert names_of(tmp_path, f"{tmp_path}/{given}") == ["in/b/x.jsonl"]


def test_a_link_shows_a_hidden_folder(tmp_path: Path) -> None:
    files(tmp_path, "in/_data/x.jsonl")
    (tmp_path / "in/data").symlink_to("_data")
    for given in ("in", "in/*/x.jsonl", "in/**/x.jsonl"):
        assert names_of(tmp_path, f"{tmp_path}/{given}") == ["in/data/x.jsonl"]
    assert names_of(tmp_path, f"{tmp_path}/in/_*/x.jsonl") == ["in/_data/x.jsonl"]


def test_a_glob_finds_a_folder_by_the_name_of_its_link(tmp_path: Path) -> None:
    files(tmp_path, "in/real/deep/x.jsonl")
    (tmp_path / "in/again").symlink_to("real")
    assert names_of(tmp_path, f"{tmp_path}/in/**/again/**/x.jsonl") == ["in/again/deep/x.jsonl"]


def test_folders_that_link_to_each_other_are_read_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folders = "abcdefg"
    files(tmp_path, *(f"{folder}/x.jsonl" for folder in folders))
    for folder in folders:
        for other in folders.replace(folder, ""):
            (tmp_path / folder / f"to-{other}").symlink_to(f"../{other}")
    scandir, read = os.scandir, list[str]()
    monkeypatch.setattr(os, "scandir", lambda path: read.append(path) or scandir(path))
    for given in ("", "/**/x.jsonl"):
        assert names_of(tmp_path, f"{tmp_path}{given}") == [f"{folder}/x.jsonl" for folder in folders]
    assert len(read) == 2 * (1 + len(folders))


def test_links_whose_target_is_not_there_are_counted(tmp_path: Path) -> None:
    files(tmp_path, "a.jsonl")
    (tmp_path / "b.jsonl").symlink_to("b.jsonl")  # to itself
    for given in (str(tmp_path), f"{tmp_path}/*.jsonl", f"{tmp_path}/**/*.jsonl"):
        told: list[str] = []
        assert names_of(tmp_path, given, told) == ["a.jsonl"]
        assert told == [f"the input {given}: passed over 1 link whose target is not there"]
    (tmp_path / "b.jsonl").unlink()
    (tmp_path / "b.jsonl").symlink_to(tmp_path / "unmounted" / "b.jsonl")
    for given in (str(tmp_path), f"{tmp_path}/*.jsonl"):
        told: list[str] = []
        assert names_of(tmp_path, given, told) == ["a.jsonl"]
        assert told == [f"the input {given}: passed over 1 link whose target is not there"]


def test_a_file_that_links_show_again_is_read_once(tmp_path: Path) -> None:
    files(tmp_path, "in/a.jsonl", "hub/blobs/0a1b", "hub/refs/main")
    (tmp_path / "in/b.jsonl").symlink_to("a.jsonl")
    for revision in "12":  # as huggingface_hub keeps two revisions of a dataset
        (tmp_path / "hub/snapshots" / revision).mkdir(parents=True)
        (tmp_path / "hub/snapshots" / revision / "x.jsonl").symlink_to("../../blobs/0a1b")
    assert names_of(tmp_path, f"{tmp_path}/in") == ["in/a.jsonl"]
    assert names_of(tmp_path, f"{tmp_path}/hub") == ["hub/snapshots/1/x.jsonl"]
