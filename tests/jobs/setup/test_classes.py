"""The class archive: used where it is there, made anew where a jar is newer, and never in the way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from decantry.jobs import session
from decantry.jobs.setup import classes

PATH = ("jars/*", "native.jar")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    jars = tmp_path / "jars"
    jars.mkdir()
    for name in ("delta-spark_4.1_2.13-4.4.0.jar", "native.jar"):
        (jars / name).write_bytes(b"")
        os.utime(jars / name, (1000, 1000))
    monkeypatch.setattr(session, "native_jar", lambda: jars / "native.jar")
    monkeypatch.setattr(session, "runtime_jars", lambda: jars)
    monkeypatch.setattr(session, "class_path", lambda: PATH)
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path / "a home"))
    return tmp_path / "a home"


def train(folder: Path, archive: Path) -> bool:
    archive.write_bytes(b"classes")
    return True


def test_no_archive_no_option(home: Path) -> None:
    assert classes.options(PATH) == ""


def test_archive_is_made_kept_and_made_anew(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classes, "_train", train)
    made = classes.install(lambda _: None)
    assert made is not None
    assert made.parent == home
    assert f'-XX:SharedArchiveFile="{made}"' in classes.options(PATH)
    assert classes.options(("other/*", "native.jar")) == ""
    said: list[str] = []
    assert classes.install(said.append) == made
    assert said == []
    os.utime(made, (999, 999))
    assert classes.install(said.append) == made
    assert len(said) == 1


def test_the_newest_archives_are_kept(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classes, "_train", train)
    home.mkdir()
    for number in range(4):
        (home / f"classes-{number}.jsa").write_bytes(b"")
        os.utime(home / f"classes-{number}.jsa", (number, number))
    made = classes.install(lambda _: None)
    assert set(home.iterdir()) == {made, home / "classes-2.jsa", home / "classes-3.jsa"}


def test_a_run_that_fails_leaves_no_archive(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classes, "_train", lambda folder, archive: False)
    assert classes.install(lambda _: None) is None
    assert list(home.iterdir()) == []
