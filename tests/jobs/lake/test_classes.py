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


def recorded(path: tuple[str, str]) -> Path:
    """The archive for this class path, as if a JVM had written it."""
    archive = classes.archive_of(path)
    assert f'-XX:ArchiveClassesAtExit="{archive}" ' in classes.options(path, record=True)
    archive.write_bytes(b"classes")
    return archive


def test_without_an_archive_there_is_no_option(home: Path, path: tuple[str, str]) -> None:
    assert classes.options(path) == ""
    assert not home.exists()


def test_a_run_records_the_archive_that_later_sessions_use(home: Path, path: tuple[str, str]) -> None:
    archive = recorded(path)
    assert archive.parent == home
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
        (home / f"classes-{number}.jars").write_text("")
        os.utime(home / f"classes-{number}.jsa", (number, number))
    classes.options(path, record=True)
    assert {file.name for file in home.glob("*.jsa")} == {"classes-2.jsa", "classes-3.jsa"}
    kept = {f"{classes.archive_of(path).stem}.jars", "classes-2.jars", "classes-3.jars"}
    assert {file.name for file in home.glob("*.jars")} == kept


def linked(path: tuple[str, str], folder: Path) -> tuple[str, str]:
    """A class path of hard links to the same jars."""
    jars, native = folder / "jars", folder / "native.jar"
    jars.mkdir(parents=True)
    os.link(Path(path[0]).parent / "delta.jar", jars / "delta.jar")
    os.link(path[1], native)
    return f"{jars}/*", str(native)


def test_environments_with_the_same_files_share_an_archive(home: Path, path: tuple[str, str], tmp_path: Path) -> None:
    other = linked(path, tmp_path / "other")
    archive = recorded(path)
    assert f'-XX:SharedArchiveFile="{archive}" ' in classes.options(other)


def test_an_archive_is_recorded_again_once_its_own_jars_are_gone(
    home: Path, path: tuple[str, str], tmp_path: Path
) -> None:
    other = linked(path, tmp_path / "other")
    archive = recorded(path)
    Path(path[1]).unlink()
    assert classes.options(other) == ""
    assert recorded(other) == archive
    assert f'-XX:SharedArchiveFile="{archive}" ' in classes.options(other)


def test_jars_that_were_replaced_do_not_count(home: Path, path: tuple[str, str], tmp_path: Path) -> None:
    other = linked(path, tmp_path / "other")
    recorded(path)
    Path(path[1]).unlink()
    Path(path[1]).write_bytes(b"native")
    assert classes.options(other) == ""
