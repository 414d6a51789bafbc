"""Runs commands as processes: until a signal at a chosen moment, or to their end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.jobs.cli.conftest import Said

PATIENCE_SECONDS = 300


def signalled(words: list[str], sent: signal.Signals, moment: Callable[[int], bool], folder: Path) -> Said:
    """The command's output. Its process group gets the signal when `moment`, called with its process id, is true.

    Fails if it ends before, or if a process of the group survives it.
    """
    out, err = folder / "out", folder / "err"
    with out.open("w") as to_out, err.open("w") as to_err:
        process = subprocess.Popen(_command(words), start_new_session=True, stdout=to_out, stderr=to_err)
        give_up = time.monotonic() + PATIENCE_SECONDS
        try:
            while not moment(process.pid):
                assert process.poll() is None, f"ended with {process.returncode}: {err.read_text()}"
                assert time.monotonic() < give_up, err.read_text()
                time.sleep(0.001)
            os.killpg(process.pid, sent)
            code = process.wait(PATIENCE_SECONDS)
            while left := group_of(process.pid):  # Java ends when Python's end of the pipe is closed
                assert time.monotonic() < give_up, left
                time.sleep(0.1)
        finally:
            if group_of(process.pid):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    return Said(code, out.read_text(), err.read_text())


def finished(*words: str) -> Said:
    """The output of the command, which runs to its end in a separate process."""
    done = subprocess.run(_command([*words]), capture_output=True, text=True, check=False)
    return Said(done.returncode, done.stdout, done.stderr)


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


def _command(words: list[str]) -> list[str]:
    return [sys.executable, "-m", "decantry.jobs.main", *words]
