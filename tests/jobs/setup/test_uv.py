"""The pinned uv: installed once into the cache, or an error in one line. Any Python can do it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.setup import uv

PYTHON = """#!/bin/sh
# `-m venv FOLDER` makes an environment whose Python is this; `-m pip install ... --target FOLDER` is told in a file
case "$2" in
  venv) mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
  pip) echo "$@" >> "$LOG"; for target; do :; done; mkdir -p "$target/bin"; touch "$target/bin/uv"; %s ;;
esac
"""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DECANTRY_HOME", str(tmp_path / "a home"))
    monkeypatch.setenv("LOG", str(tmp_path / "log"))
    (tmp_path / "build.lock").write_text("uv==1.0 --hash=sha256:0\n")
    return tmp_path / "a home"


def python(folder: Path, ending: str) -> str:
    path = folder / "python"
    path.write_text(PYTHON % ending)
    path.chmod(0o755)
    return str(path)


def test_it_is_installed_once_by_digest(home: Path, tmp_path: Path) -> None:
    lock, command = tmp_path / "build.lock", python(tmp_path, "exit 0")
    found = uv.program(lock, command)
    assert found.is_file() and found.is_relative_to(home / "uv")
    assert uv.program(lock, command) == found
    (told,) = (tmp_path / "log").read_text().splitlines()
    assert f"--require-hashes --requirement {lock}" in told
    lock.write_text("uv==2.0 --hash=sha256:1\n")
    assert uv.program(lock, command) != found


def test_a_failed_installation_is_one_line_and_leaves_nothing(home: Path, tmp_path: Path) -> None:
    ending = "echo 'Looking' >&2; echo 'ERROR: no such hash' >&2; exit 1"
    with pytest.raises(InfrastructureError, match=r"^pip could not install uv: ERROR: no such hash$"):
        uv.program(tmp_path / "build.lock", python(tmp_path, ending))
    with pytest.raises(InfrastructureError, match=r"^this Python makes no environments: exit code 1$"):
        uv.program(tmp_path / "build.lock", "/bin/false")
    assert list((home / "uv").iterdir()) == []


def test_a_python_without_packages_runs_it() -> None:
    paths = os.pathsep.join(path for path in sys.path if path.endswith("build/pkg"))
    command = [sys.executable, "-S", "-c", "import decantry.jobs.setup.uv, decantry.jobs.process.java"]
    subprocess.run(command, env={**os.environ, "PYTHONPATH": paths}, check=True)
