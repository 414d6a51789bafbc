"""The command in a process of its own, once for all who look at what it did."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from decantry.jobs.sample import build


@dataclass(frozen=True)
class Cold:
    """A lake that a `decantry run fineweb` of the sample made on two cores, and what that process said."""

    archives: list[str]
    lake: Path
    out: str
    err: str


@pytest.fixture(scope="session")
def cold(tmp_path_factory: pytest.TempPathFactory) -> Cold:
    folder = tmp_path_factory.mktemp("cold")
    archives = [str(path) for path in build(folder / "sample")]
    inputs = [word for path in archives for word in ("--input", path)]
    command = [sys.executable, "-m", "decantry.jobs.main", "run", "fineweb", *inputs, "--lake", str(folder / "lake")]
    # Java prints how it collects garbage on its standard output
    settings = {"DECANTRY_MASTER": "local[2]", "SPARK_SUBMIT_OPTS": "-XX:TieredStopAtLevel=1 -Xlog:gc:stdout"}
    ended = subprocess.run(command, env=os.environ | settings, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return Cold(archives, folder / "lake", ended.stdout, ended.stderr)
