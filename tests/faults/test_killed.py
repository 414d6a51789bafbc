"""Rows 2 and 4 of docs/reliability.md, for real: SIGKILL of the whole process group, thrice, and run again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.sample import build
from tests.faults.content import content
from tests.jobs.cli.conftest import decantry

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PATIENCE_SECONDS = 300


def killed_when(words: list[str], moment: Callable[[], bool], log: Path) -> None:
    """Run the command in a process group of its own, and kill the group at the moment; fails where it ends before."""
    with log.open("w") as said:
        command = [sys.executable, "-m", "decantry.jobs.main", *words]
        process = subprocess.Popen(command, start_new_session=True, stdout=said, stderr=subprocess.STDOUT)
        give_up = time.monotonic() + PATIENCE_SECONDS
        try:
            while not moment():
                assert process.poll() is None, f"ended with {process.returncode}: {log.read_text()}"
                assert time.monotonic() < give_up, log.read_text()
                time.sleep(0.001)
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def test_three_kills_and_a_last_run_are_as_one_run(spark: SparkSession, tmp_path: Path) -> None:
    build(tmp_path / "web")
    lake = tmp_path / "lake"
    words = ["run", "fineweb", "--input", str(tmp_path / "web"), "--batch", "1", "--quiet", "--lake"]

    def committed(table: str, version: int) -> Callable[[], bool]:
        file = lake / table / "_delta_log" / f"{version:020}.json"
        return file.exists

    for number, moment in enumerate(
        (
            committed("ops/inputs", 0),  # midway through ingest: one archive of three is done
            committed("silver/documents", 1),  # between two tables: documents are there, the manifest does not say so
            committed("gold/fineweb", 0),  # while publishing: the corpus is there, its verdicts are not
        )
    ):
        killed_when([*words, str(lake)], moment, tmp_path / f"said-{number}")
    assert any((lake / "_staging").iterdir())
    last = decantry(*words, str(lake))
    assert last.code == 0, last.err
    assert "already done: 3 of 3 input file(s)" in last.out
    assert "kept 30 of 73 documents" in last.out
    assert not (lake / "_staging").exists()
    assert decantry(*words, str(tmp_path / "undisturbed")).code == 0
    assert content(spark, lake) == content(spark, tmp_path / "undisturbed")
