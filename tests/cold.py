"""Runs the demo's command once in a separate process, for all tests that look at its result."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from decantry.jobs.sample import build


@dataclass(frozen=True)
class Cold:
    """The sample's archives, the lake that `decantry run fineweb` made of them on two cores, and its output."""

    archives: list[str]
    lake: Path
    printed: str


def run(folder: Path) -> Cold:
    """Run the demo in `folder`. Java prints its garbage collections on standard output, which the command must hide."""
    archives = [str(path) for path in build(folder / "sample")]
    words = ["run", "fineweb", "--input", str(folder / "sample"), "--lake", str(folder / "demo-lake")]
    settings = {"DECANTRY_MASTER": "local[2]", "SPARK_SUBMIT_OPTS": "-XX:TieredStopAtLevel=1 -Xlog:gc:stdout"}
    ended = subprocess.run(
        [sys.executable, "-m", "decantry.jobs.main", *words],
        env=os.environ | settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return Cold(archives, folder / "demo-lake", ended.stdout)
