"""sbt, which builds and tests the native functions of a checkout: `python -m decantry.jobs.setup.sbt test` runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.process.home import home
from decantry.jobs.process.java import check_java, java_command
from decantry.jobs.setup import ivy
from decantry.jobs.setup.cache import resource
from decantry.jobs.setup.carried import Carried
from decantry.jobs.setup.chinese_words import CHINESE_WORDS
from decantry.jobs.setup.thai_words import THAI_WORDS

OPTIONS = ("-Xmx1g", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
"""Switches Java's second compiler off. In a build this short it takes half of the processor time and gains nothing."""

CARRIED = (THAI_WORDS, CHINESE_WORDS)
"""The files of other packages that the jar carries."""


def launcher() -> Path:
    """The launcher's jar in the cache, fetched if it is missing. Raises InfrastructureError if that fails."""
    check_java()
    target = home() / "sbt"
    if not target.is_dir():
        ivy.resolve(resource("sbt.ivy.xml"), resource("sbt.sha256"), target)
    return next(target.glob("sbt-launch-*.jar"))


def words() -> str:
    """The option that names the folders of `CARRIED`, which are made if they are missing."""
    with ThreadPoolExecutor() as pool:  # most of the time is spent on downloads
        return f"-Dwords={os.pathsep.join(pool.map(str, pool.map(Carried.install, CARRIED)))}"


def run(*commands: str, folder: Path | None = None) -> int:
    """Run sbt in a folder and return its exit code; for Spark 4.x it compiles against this Python's pyspark."""
    settings = {"sbt.server.autostart": "false", "sbt.color": "false", "pyspark.jars": ivy.pyspark_jars()}
    options = [*OPTIONS, *(f"-D{name}={value}" for name, value in settings.items()), words()]
    command = [java_command(), *options, "-jar", str(launcher()), "--error", *commands]
    return subprocess.run(command, cwd=folder, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(run(*sys.argv[1:]))
    except InfrastructureError as error:
        sys.exit(f"decantry: {error}")
