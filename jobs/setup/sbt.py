"""sbt, which builds and tests the native functions of a checkout: `python -m decantry.jobs.setup.sbt test` runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.process.home import home
from decantry.jobs.process.java import check_java, java_command
from decantry.jobs.setup import ivy, thai_words
from decantry.jobs.setup.cache import resource

OPTIONS = ("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""Switches Java's second compiler off. In a build this short it takes half of the processor time and gains nothing."""


def launcher() -> Path:
    """The launcher's jar in the cache, fetched if it is missing. Raises InfrastructureError if that fails."""
    check_java()
    target = home() / "sbt"
    if not target.is_dir():
        ivy.resolve(resource("sbt.ivy.xml"), resource("sbt.sha256"), target)
    return next(target.glob("sbt-launch-*.jar"))


def run(*words: str, folder: Path | None = None) -> int:
    """Run sbt in a folder and return its exit code; for Spark 4.x it compiles against this Python's pyspark."""
    settings = {"sbt.server.autostart": "false", "sbt.color": "false", "pyspark.jars": ivy.pyspark_jars()}
    settings["thai.words"] = str(thai_words.install())
    options = [*OPTIONS, *(f"-D{name}={value}" for name, value in settings.items())]
    command = [java_command(), *options, "-jar", str(launcher()), "--error", *words]
    return subprocess.run(command, cwd=folder, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(run(*sys.argv[1:]))
    except InfrastructureError as error:
        sys.exit(f"decantry: {error}")
