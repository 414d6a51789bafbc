"""Tests again and again beside one warm Spark session: a line of pytest's arguments each, an empty line for the last.

    python -m tests.warm
    tests> tests/udfs/test_words.py -k contractions

Every line runs the code as it is now: our modules are imported anew, here and in Spark's Python processes. Changes to
the native functions and to what conftest tells the session need a new one.
"""

from __future__ import annotations

import os
import shlex
import sys
import tempfile

import pytest

from tests.conftest import FEW_ROWS  # it also maps the package

OURS = ("tests", "decantry", "infra", "conftest")


def run(line: str) -> int:
    """Run pytest on freshly imported modules, and return its exit code."""
    for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
        del sys.modules[name]
    return int(pytest.main(["-p", "no:xdist", "-p", "no:cacheprovider", *shlex.split(line)]))


def main() -> None:
    """Start the session, and run each line of standard input."""
    from decantry.jobs.lake.session import start

    os.environ["PYSPARK_SUBMIT_ARGS"] = "--conf spark.python.worker.reuse=false pyspark-shell"
    session = start(tempfile.mkdtemp(), app="decantry-warm", cores=2)
    for name, value in FEW_ROWS.items():
        session.conf.set(name, value)
    last = ""
    while True:
        try:
            line = input("tests> ").strip() or last
        except (EOFError, KeyboardInterrupt):
            break
        if line:
            run(last := line)
    session.stop()


if __name__ == "__main__":
    main()
