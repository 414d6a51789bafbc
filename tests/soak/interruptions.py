"""`python -m tests.soak.interruptions [--rounds N] [--seed N]` kills or interrupts runs at random moments.

Each round makes a new lake: one to three interruptions of the whole process group at random moments, then a run to the
end. The program ends with 1 if that run fails, if Ctrl-C prints more than its one line, or if the lake differs from
that of an undisturbed run.
"""

from __future__ import annotations

import argparse
import random
import shutil
import signal
import sys
import tempfile
import time
from pathlib import Path

from decantry.jobs.sample import build
from tests.faults.content import newest
from tests.faults.signalled import finished, signalled
from tests.faults.test_ctrl_c import JAVA, TOLD

MOST = 3
"""The numbers of interruptions in a round."""


def main() -> int:
    """Run the rounds. Returns 0 if every lake equals that of an undisturbed run."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak.interruptions")
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    work = Path(tempfile.mkdtemp(prefix="decantry-interruptions-"))
    build(work / "web")
    words = ["run", "fineweb", "--input", str(work / "web"), "--batch", "1", "--quiet", "--lake"]
    began = time.monotonic()
    last = finished(*words, str(work / "undisturbed"))
    assert last.code == 0, last.err
    seconds = time.monotonic() - began
    wanted = newest(work / "undisturbed")
    for seed in range(given.seed, given.seed + given.rounds):
        try:
            said = round_of(random.Random(seed), words, work / f"lake-{seed}", seconds, wanted)
        except AssertionError as error:
            print(f"seed {seed}: {error}; see {work}", flush=True)
            return 1
        print(f"seed {seed}: {said}; the same as undisturbed", flush=True)
        shutil.rmtree(work / f"lake-{seed}")
    shutil.rmtree(work)
    return 0


def round_of(draw: random.Random, words: list[str], lake: Path, seconds: float, wanted: dict[str, list[str]]) -> str:
    """Run one round and return what was done to the runs. `seconds` is the duration of an undisturbed run. Raises
    AssertionError."""
    done = []
    for _ in range(draw.randint(1, MOST)):
        sent, delay = draw.choice((signal.SIGKILL, signal.SIGINT)), draw.uniform(0.2, 0.95 * seconds)
        end = time.monotonic() + delay

        def moment(_: int, end: float = end) -> bool:
            return time.monotonic() > end

        try:
            said = signalled([*words, str(lake)], sent, moment, lake.parent)
        except AssertionError as error:
            if "ended with 0" not in str(error):
                raise
            break  # the run ended first
        done.append(f"{sent.name} at {delay:.1f} s")
        if sent is signal.SIGINT:
            assert (said.code, said.err.replace(JAVA, "")) == (130, TOLD), f"{done}: {said.code} {said.err}"
    last = finished(*words, str(lake))
    assert last.code == 0, f"{done}: {last.err}"
    assert newest(lake) == wanted, f"{done}: the tables differ"
    assert not (lake / "_staging").exists(), f"{done}: what was staged is left"
    return ", ".join(done)


if __name__ == "__main__":
    sys.exit(main())
