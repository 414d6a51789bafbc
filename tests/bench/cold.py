"""Commands from a cold start, as a person meets them: seconds by the clock on the wall, and the peak memory."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence

from tests.bench.memory import PeakMemory

SPARKLESS = (["--help"], ["recipes"], ["recipes", "fineweb"], ["tables"], ["doctor"])


def timed(words: Sequence[str]) -> tuple[float, float]:
    """Seconds and GiB of `decantry WORDS`. Raises CalledProcessError when it fails."""
    began = time.monotonic()
    command = [sys.executable, "-m", "decantry.jobs.main", *words]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with PeakMemory(process.pid) as memory:
        code = process.wait()
    if code:
        raise subprocess.CalledProcessError(code, command)
    return time.monotonic() - began, memory.gib
