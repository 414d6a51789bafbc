"""The class archive: used where it is there, made anew where a jar is newer, and never in the way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from decantry.jobs import session
from decantry.jobs.setup import classes


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    jars = tmp_path / "jars"
    jars.mkdir()
    for name in ("delta-spark_4.1_2.13-4.4.0.jar", "native.jar"):
        (jars / name).write_bytes(b"")
        os.utime(jars / name, (1000, 1000))
    monkeypatch.setattr(session, "native_jar", lambda: jars / "native.jar")
    monkeypatch.setattr(session, "runtime_jars", lambda: jars)
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_no_archive_no_option(home: Path) -> None:
    assert classes.options() == ""


def test_archive_is_made_kept_and_made_anew(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = []

    def train(folder: Path, archive: Path) -> bool:
        runs.append(folder)
        archive.write_bytes(b"classes")
        return True

    monkeypatch.setattr(classes, "_train", train)
    assert classes.install(lambda _: None) == home / "classes.jsa"
    assert f"-XX:SharedArchiveFile={home / 'classes.jsa'}" in classes.options()
    assert classes.install(lambda _: None) == home / "classes.jsa"
    assert len(runs) == 1
    os.utime(home / "classes.jsa", (999, 999))
    classes.install(lambda _: None)
    assert len(runs) == 2


def test_a_run_that_fails_leaves_no_archive(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(classes, "_train", lambda folder, archive: False)
    assert classes.install(lambda _: None) is None
    assert list(home.iterdir()) == []
