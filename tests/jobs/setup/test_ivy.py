"""Jars compared with their pins: a missing, unknown or changed jar is named; a failed resolve installs nothing."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.setup import ivy


@pytest.fixture
def pins(tmp_path: Path) -> Path:
    path = tmp_path / "pins.sha256"
    path.write_text("".join(f"{hashlib.sha256(name.encode()).hexdigest()}  {name}.jar\n" for name in ("one", "two")))
    return path


def test_the_pinned_jars_are_right_and_all_others_wrong(tmp_path: Path, pins: Path) -> None:
    jars = tmp_path / "jars"
    assert ivy.wrong(jars, pins) == ["one.jar", "two.jar"]
    jars.mkdir()
    for name in ("one", "two"):
        (jars / f"{name}.jar").write_bytes(name.encode())
    assert ivy.wrong(jars, pins) == []
    (jars / "two.jar").write_bytes(b"altered")
    (jars / "three.jar").write_bytes(b"foreign")
    assert ivy.wrong(jars, pins) == ["three.jar", "two.jar"]


def test_a_failed_resolve_is_one_line_and_installs_nothing(
    tmp_path: Path, pins: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java = tmp_path / "java" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.write_text("#!/bin/sh\necho ':: UNRESOLVED DEPENDENCIES ::'\nexit 1\n")
    java.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "java"))
    monkeypatch.setattr(ivy.time, "sleep", lambda _: None)
    with pytest.raises(InfrastructureError, match="could not resolve") as caught:
        ivy.resolve(tmp_path / "ivy.xml", pins, tmp_path / "cache" / "jars")
    assert "\n" not in str(caught.value)
    assert list((tmp_path / "cache").iterdir()) == []
