"""The Java that Spark needs, with a one-line error if it is missing or wrong."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path

from decantry.jobs.process.errors import InfrastructureError

SUPPORTED = (17, 21)
_VERSION = re.compile(r'version "(?:1\.)?(\d+)')
_ADVICE = "install a JDK 17 or 21 and put it on PATH, or point JAVA_HOME at it"


_NOISE = b"WARNING: Using incubator modules:"
"""Java's warning about a module that Spark asks for (JEP 11). No option of Java suppresses it."""


def quiet_stderr() -> int:
    """The writing end of a pipe. Give it to a new Java process as its standard error, and then close it.

    The lines go to this process's standard error, except Java's warning about incubator modules.
    """
    reads, writes = os.pipe()
    threading.Thread(target=_pass_on, args=(reads,), name="java-stderr", daemon=True).start()
    return writes


def _pass_on(reads: int) -> None:
    with os.fdopen(reads, "rb") as lines, open(os.dup(2), "wb", buffering=0) as out:  # noqa: PTH123
        for line in lines:
            if not line.startswith(_NOISE):
                with contextlib.suppress(OSError):  # the reader has gone
                    out.write(line)


def java_command() -> str:
    """The `java` that Spark will start, of JAVA_HOME or else PATH. Raises InfrastructureError if it is missing."""
    java_home = os.environ.get("JAVA_HOME")
    if java_home:
        command = Path(java_home) / "bin" / "java"
        if not os.access(command, os.X_OK):
            raise InfrastructureError(f"JAVA_HOME is {java_home}, which has no bin/java: {_ADVICE}")
        return str(command)
    found = shutil.which("java")
    if found is None:
        raise InfrastructureError(f"Java is missing: {_ADVICE}")
    return found


def check_java() -> int:
    """The major version of Java. Raises InfrastructureError if Java is missing or is not 17 or 21."""
    command = java_command()
    answer = subprocess.run([command, "-version"], capture_output=True, text=True, check=False)
    match = _VERSION.search(answer.stderr + answer.stdout)
    if answer.returncode or match is None:
        raise InfrastructureError(f"{command} does not print its version: {_ADVICE}")
    major = int(match[1])
    if major not in SUPPORTED:
        raise InfrastructureError(f"{command} is Java {major}, and Spark needs 17 or 21: {_ADVICE}")
    return major


if __name__ == "__main__":
    try:
        check_java()
    except InfrastructureError as error:
        sys.exit(f"decantry: {error}")
