"""Measures commands from a cold start, in seconds of wall time, and their peak memory.

`python -m tests.bench.cold [ROUNDS]` alternates between the main job over 1,800 real pages and a query. The bare loop
runs between them, and shows how fast the machine is at that time.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench import archives, bare_loop
from tests.bench.memory import PeakMemory

SPARKLESS = (["--help"], ["recipes"], ["recipes", "fineweb"], ["tables"], ["doctor"])


def timed(words: Sequence[str]) -> tuple[float, float]:
    """Seconds and GiB of `decantry WORDS`. Raises CalledProcessError if the command fails."""
    began = time.monotonic()
    command = [sys.executable, "-m", "decantry.jobs.main", *words]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with PeakMemory(process.pid) as memory:
        code = process.wait()
    if code:
        raise subprocess.CalledProcessError(code, command)
    return time.monotonic() - began, memory.gib


def main_job(paths: Sequence[Path], lake: Path) -> tuple[float, float, float]:
    """The seconds of a run over the archives into a new lake and of a query, and the run's peak memory in GiB."""
    shutil.rmtree(lake, ignore_errors=True)
    inputs = [word for path in paths for word in ("--input", str(path))]
    run, memory = timed(["run", "fineweb", "--lake", str(lake), *inputs])
    sql, _ = timed(["sql", "select count(*) from verdicts", "--lake", str(lake)])
    return run, sql, memory


def main(rounds: int) -> None:
    """Print a Markdown table with a row for each round."""
    from tests.bench.__main__ import DATA, WORK

    cut = archives.reissue(sorted((DATA / "warc").glob("web-*.warc.gz")), WORK / "cut", 1, pages=450)[0]
    print("| bare loop | cold run | cold `sql` |\n|---|---|---|")
    for _ in range(rounds):
        run, sql, _ = main_job(cut, WORK / "lake-cold")
        print(f"| {bare_loop.rate(cut):.0f} pages/s | {run:.1f} s | {sql:.1f} s |", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
