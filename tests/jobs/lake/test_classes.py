"""The class archive: used if it exists, else recorded, and another one for other jars."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from decantry.jobs.lake import classes


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path / "a home"))
    return tmp_path / "a home"


@pytest.fixture
def path(tmp_path: Path) -> tuple[str, str]:
    """A class path of a folder with a jar, and a jar."""
    folder, native = tmp_path / "jars", tmp_path / "native.jar"
    folder.mkdir()
    (folder / "delta.jar").write_bytes(b"delta")
    native.write_bytes(b"native")
    return f"{folder}/*", str(native)


def test_without_an_archive_there_is_no_option(home: Path, path: tuple[str, str]) -> None:
    assert classes.options(path) == ""
    assert not home.exists()


def test_a_run_records_the_archive_that_later_sessions_use(home: Path, path: tuple[str, str]) -> None:
    archive = classes.archive_of(path)
    assert archive.parent == home
    assert f'-XX:ArchiveClassesAtExit="{archive}" ' in classes.options(path, record=True)
    archive.write_bytes(b"classes")
    assert f'-XX:SharedArchiveFile="{archive}" ' in classes.options(path)
    assert classes.options(path, record=True) == classes.options(path)


def test_other_jars_have_another_archive(home: Path, path: tuple[str, str]) -> None:
    archive = classes.archive_of(path)
    assert classes.archive_of(path[:1]) != archive
    os.utime(path[1], (1000, 1000))
    assert classes.archive_of(path) != archive


def test_the_newest_archives_are_kept(home: Path, path: tuple[str, str]) -> None:
    home.mkdir()
    for number in range(4):
        (home / f"classes-{number}.jsa").write_bytes(b"")
        os.utime(home / f"classes-{number}.jsa", (number, number))
    classes.options(path, record=True)
    assert {file.name for file in home.iterdir()} == {"classes-2.jsa", "classes-3.jsa"}
