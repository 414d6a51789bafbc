"""Tries mutants in Scala. One sbt process compiles the changes and runs the suites of all of them."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import IO

from decantry.jobs.setup.sbt import launcher, words
from tests.mutants.copies import wrong
from tests.mutants.mutant import Mutant
from tests.mutants.trial import Report
from tests.mutants.verdict import Verdict, judged

OPTIONS = ("-Xmx1g", "-Dsbt.server.autostart=false", "-Dsbt.color=false", "-Dsbt.supershell=false")
PYSPARK_JARS = Path(str(files("pyspark") / "jars"))
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def in_one_sbt(copy: Path, mutants: Sequence[Mutant]) -> Iterator[Verdict]:
    """The verdicts in the order of the mutants; only the first one if tests fail on the unchanged code."""
    sbt = Sbt(copy)
    try:
        right = sbt.report([mutant.test for mutant in mutants])
        if right.error or right.failed:
            yield judged(mutants[0], Report(frozenset(), {}, right.error or f"without it too: {right.failed}"), 0)
            return
        for mutant in mutants:
            began = time.monotonic()
            with wrong(copy, mutant):
                report = sbt.report([mutant.test])
            yield judged(mutant, report, time.monotonic() - began)
    finally:
        sbt.end()


class Sbt:
    """The shell of sbt in a copy of the project."""

    def __init__(self, copy: Path) -> None:
        """Start sbt. The first command waits until sbt has loaded the build."""
        self._process = subprocess.Popen(
            ["java", *OPTIONS, f"-Dpyspark.jars={PYSPARK_JARS}", words(),
             "-jar", str(launcher())],
            cwd=copy, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def report(self, tests: Sequence[str]) -> Report:
        """Run the suites of the tests, and return their results."""
        said = self._answer(f"testOnly {' '.join(sorted({_suite(test) for test in tests}))}")
        if not any("Passed: Total" in line or "Failed: Total" in line for line in said):
            return Report(frozenset(), {}, next((line for line in said if line.startswith("[error]")), "sbt has ended"))
        failed: dict[str, str] = {}
        for test in tests:
            mark = f"==> X {_suite(test)}.{test.partition('::')[2]}"
            if told := next((line for line in said if mark in line), None):
                failed[test] = told.partition(mark)[2].strip()
        return Report(frozenset({*tests} - {*failed}), failed)

    def end(self) -> None:
        """End sbt."""
        try:
            self._process.communicate("exit\n", timeout=30)
        except subprocess.TimeoutExpired:
            self._process.kill()

    @property
    def _input(self) -> IO[str]:
        assert self._process.stdin is not None
        return self._process.stdin

    def _answer(self, command: str) -> list[str]:
        """The output of sbt for a command, up to the line with its duration."""
        assert self._process.stdout is not None
        self._input.write(command + "\n")
        self._input.flush()
        said: list[str] = []
        for line in self._process.stdout:
            said.append(_COLOUR.sub("", line).strip())
            if "Total time: " in line:
                break
        return said


def _suite(test: str) -> str:
    """The class that the test is in."""
    return test.partition("::")[0].removesuffix(".scala").partition("/scala/")[2].replace("/", ".")
