"""Ctrl-C, as a terminal sends it, to the whole process group: one line, code 130, nothing left behind, and on again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.interrupts import held_back
from decantry.jobs.sample import build
from tests.faults.content import content
from tests.jobs.cli.conftest import Said, decantry

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

PATIENCE_SECONDS = 300
TOLD = "decantry: interrupted: run the same command again to go on where it stopped\n"
JAVA = "WARNING: Using incubator modules: jdk.incubator.vector\n"
"""What Java says of itself whenever Spark 4 starts."""


def interrupted_when(words: list[str], moment: Callable[[int], bool], folder: Path) -> Said:
    """What the command says when its group is sent SIGINT at the moment, which is asked with its process id."""
    out, err = folder / "out", folder / "err"
    with out.open("w") as to_out, err.open("w") as to_err:
        command = [sys.executable, "-m", "decantry.jobs.main", *words]
        process = subprocess.Popen(command, start_new_session=True, stdout=to_out, stderr=to_err)
        give_up = time.monotonic() + PATIENCE_SECONDS
        try:
            while not moment(process.pid):
                assert process.poll() is None, f"ended with {process.returncode}: {err.read_text()}"
                assert time.monotonic() < give_up, err.read_text()
                time.sleep(0.001)
            os.killpg(process.pid, signal.SIGINT)
            code = process.wait(PATIENCE_SECONDS)
            while group_of(process.pid):  # Java ends when Python's end of the pipe is closed
                assert time.monotonic() < give_up, group_of(process.pid)
                time.sleep(0.1)
        finally:
            if group_of(process.pid):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return Said(code, out.read_text(), err.read_text())


def group_of(leader: int) -> list[str]:
    """The command lines of the living processes of a process group."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            state, _, group = (folder / "stat").read_text().rpartition(")")[2].split()[:3]
            words = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if int(group) == leader and state != "Z":
            found.append(words.replace(b"\0", b" ").decode(errors="replace")[:200])
    return found


def test_ctrl_c_while_python_is_still_reading_code(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted:
        def find_spec(self, name: str, *_: object) -> None:
            if name == "decantry.jobs.cli.commands":
                raise KeyboardInterrupt

    monkeypatch.delitem(sys.modules, "decantry.jobs.cli.commands", raising=False)
    monkeypatch.setattr(sys, "meta_path", [Interrupted(), *sys.meta_path])
    said = decantry("tables")
    assert (said.code, said.out, said.err) == (130, "", TOLD)


def test_a_held_back_ctrl_c_comes_at_the_end() -> None:
    done, before = [], signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt), held_back():
        signal.raise_signal(signal.SIGINT)
        done.append("the rest")
    assert done == ["the rest"]
    assert signal.getsignal(signal.SIGINT) is before


def test_a_second_ctrl_c_is_not_held_back() -> None:
    done = []
    with pytest.raises(KeyboardInterrupt), held_back():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)
        done.append("the rest")
    assert done == []


def test_interrupts_end_with_one_line_and_the_next_run_goes_on(spark: SparkSession, tmp_path: Path) -> None:
    build(tmp_path / "web")
    lake = tmp_path / "lake"
    words = ["run", "fineweb", "--input", str(tmp_path / "web"), "--batch", "1", "--quiet", "--lake"]
    moments: tuple[Callable[[int], bool], ...] = (
        lambda pid: any("spark" in line for line in group_of(pid)[1:]),  # Java is starting
        lambda _: (lake / "ops/inputs/_delta_log" / f"{0:020}.json").exists(),  # one archive of three is read
        lambda _: (lake / "gold/fineweb/_delta_log" / f"{0:020}.json").exists(),  # while publishing
    )
    for moment in moments:
        said = interrupted_when([*words, str(lake)], moment, tmp_path)
        assert (said.code, said.err.replace(JAVA, "")) == (130, TOLD)
    last = decantry(*words, str(lake))
    assert last.code == 0, last.err
    assert "already done: 3 of 3 input file(s)" in last.out
    assert not (lake / "_staging").exists()
    assert decantry(*words, str(tmp_path / "undisturbed")).code == 0
    assert content(spark, lake) == content(spark, tmp_path / "undisturbed")
