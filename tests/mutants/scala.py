"""Wrongs in Scala, all tried in one sbt: it stays, compiles what has changed, and runs a suite."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path
from typing import IO

from decantry.jobs.setup.sbt import launcher
from tests.mutants.copies import wrong
from tests.mutants.mutant import Mutant
from tests.mutants.trial import Report
from tests.mutants.verdict import Verdict, judged

OPTIONS = ("-Xmx1g", "-Dsbt.server.autostart=false", "-Dsbt.color=false", "-Dsbt.supershell=false")
PYSPARK_JARS = Path(str(files("pyspark") / "jars"))


def in_one_sbt(copy: Path, mutants: Sequence[Mutant]) -> Iterator[Verdict]:
    """The verdicts, in the order of the mutants. Their suites are run first as they are."""
    sbt = Sbt(copy)
    try:
        for mutant in mutants:
            if (found := sbt.report(mutant.test)).error or found.failed:
                yield judged(mutant, Report(frozenset(), {}, found.error or "its test fails without it"), 0)
                return
        for mutant in mutants:
            began = time.monotonic()
            with wrong(copy, mutant):
                report = sbt.report(mutant.test)
            yield judged(mutant, report, time.monotonic() - began)
    finally:
        sbt.end()


class Sbt:
    """sbt's shell over a copy of the project."""

    def __init__(self, copy: Path) -> None:
        """Starts it; its first command waits until it has loaded the build."""
        self._process = subprocess.Popen(
            ["java", *OPTIONS, f"-Dpyspark.jars={PYSPARK_JARS}", "-jar", str(launcher())],
            cwd=copy, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip

    def report(self, test: str) -> Report:
        """How the test ends in a run of its suite."""
        path, _, name = test.partition("::")
        suite = path.removesuffix(".scala").partition("/scala/")[2].replace("/", ".")
        said = self._answer(f"testOnly {suite}")
        failed = f"==> X {suite}.{name}"
        told = next((line for line in said if line.startswith(failed)), None)
        if told is not None:
            return Report(frozenset(), {test: told.removeprefix(failed).strip()})
        if not any(line.startswith(("[info] Passed: Total", "[error] Failed: Total")) for line in said):
            return Report(frozenset(), {}, next((line for line in said if line.startswith("[error]")), "sbt has ended"))
        return Report(frozenset({test}), {})

    def end(self) -> None:
        """End it."""
        self._input.close()
        self._process.wait(timeout=60)

    @property
    def _input(self) -> IO[str]:
        assert self._process.stdin is not None
        return self._process.stdin

    def _answer(self, command: str) -> list[str]:
        """What sbt prints for a command, up to the line that tells how long it took."""
        assert self._process.stdout is not None
        self._input.write(command + "\n")
        self._input.flush()
        said: list[str] = []
        for line in self._process.stdout:
            said.append(line.strip())
            if "Total time: " in line:
                break
        return said
