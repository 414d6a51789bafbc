"""The demo's lake, made once for the README and the notebook."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from decantry.jobs.sample import build

Shell = Callable[[str], str]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample's archives and a `decantry` for the path of its commands."""
    folder = tmp_path_factory.mktemp("demo")
    build(folder / "build" / "sample")
    command = folder / "bin" / "decantry"
    command.parent.mkdir()
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m decantry.jobs.main "$@"\n')
    command.chmod(0o755)
    return folder


@pytest.fixture(scope="session")
def shell(demo: Path) -> Shell:
    """Runs a script beside the lake `demo-lake`, which holds the FineWeb corpus of the sample; its output."""

    def run(script: str) -> str:
        answer = subprocess.run(
            ["bash", "-euo", "pipefail", "-c", script],
            cwd=demo,
            env={**os.environ, "PATH": os.pathsep.join([str(demo / "bin"), os.environ["PATH"]])},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert answer.returncode == 0, f"{script}\n{answer.stdout}\n{answer.stderr}"
        return answer.stdout

    run("decantry run fineweb --input build/sample --lake demo-lake")
    return run
