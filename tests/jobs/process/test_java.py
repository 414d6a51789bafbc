"""The check of Java: 17 and 21 pass, and any other version is one line that says what to do."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.process.java import check_java, quiet_stderr


def _java(folder: Path, version: str) -> Path:
    command = folder / "bin" / "java"
    command.parent.mkdir(parents=True)
    command.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2025-01-01' >&2\n")
    command.chmod(0o755)
    return folder


@pytest.mark.parametrize(("version", "major"), [("17.0.15", 17), ("21", 21), ("21.0.1", 21)])
def test_a_supported_java_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str, major: int) -> None:
    monkeypatch.setenv("JAVA_HOME", str(_java(tmp_path, version)))
    assert check_java() == major


@pytest.mark.parametrize("version", ["1.8.0_402", "11.0.2", "25"])
def test_another_java_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, version: str) -> None:
    monkeypatch.setenv("JAVA_HOME", str(_java(tmp_path, version)))
    with pytest.raises(InfrastructureError, match="needs 17 or 21"):
        check_java()


def test_a_missing_java_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(InfrastructureError, match="Java is missing") as caught:
        check_java()
    assert "\n" not in str(caught.value)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "nowhere"))
    with pytest.raises(InfrastructureError, match="JAVA_HOME"):
        check_java()


def test_java_s_warning_about_incubator_modules_is_left_out(capfd: pytest.CaptureFixture[str]) -> None:
    others = {*threading.enumerate()}
    told = quiet_stderr()
    noise = "WARNING: Using incubator modules: jdk.incubator.vector"
    with open(told, "w") as java:  # noqa: PTH123
        java.write(f"{noise}\nWARNING: the disk is full\nlast")
    for thread in {*threading.enumerate()} - others:
        thread.join()
    assert capfd.readouterr().err == "WARNING: the disk is full\nlast"
