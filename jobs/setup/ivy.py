"""Resolves jars by name with Apache Ivy, which pyspark contains. Set-up does this, not the start of a session."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from importlib import util
from pathlib import Path

from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.process.java import java_command
from decantry.jobs.setup.cache import digest
from decantry.jobs.setup.fetch import staging

_ATTEMPTS = 3


def resolve(descriptor: Path, pins: Path, target: Path) -> None:
    """Fill the folder `target` with the jars that the Ivy file `descriptor` names, each verified against `pins`.

    `pins` has one line for each jar, `<sha256>  <file name>`. The folder is filled completely or not at all. Set
    DECANTRY_IVY_SETTINGS to a settings file for a private mirror. Raises InfrastructureError if a jar is missing or has
    another sha256.
    """
    with staging(target.parent) as folder:
        jars = folder / "jars"
        command = [java_command(), "-jar", str(_ivy_jar()), "-cache", str(folder / "ivy")]
        command += ["-ivy", str(descriptor), "-confs", "default", "-retrieve", f"{jars}/[artifact]-[revision].[ext]"]
        if settings := os.environ.get("DECANTRY_IVY_SETTINGS"):
            command += ["-settings", settings]
        _run(command)
        if names := wrong(jars, pins):
            raise InfrastructureError(f"these jars are not the pinned ones: {', '.join(names)}; nothing was installed")
        shutil.rmtree(target, ignore_errors=True)
        jars.rename(target)


def _run(command: list[str]) -> None:
    """Run Ivy, and run it again after a pause if the network failed."""
    for attempt in range(1, _ATTEMPTS + 1):
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            return
        if attempt < _ATTEMPTS:
            time.sleep(5 * attempt)
    report = [line.strip() for line in (answer.stdout + answer.stderr).splitlines() if line.strip()]
    cause = next((line for line in report if "UNRESOLVED" in line or "FAILED" in line or "ERROR" in line), report[-1])
    raise InfrastructureError(f"Ivy could not resolve the jars ({cause.strip(': ')}): check the network and try again")


def wrong(jars: Path, pins: Path) -> list[str]:
    """The names of jars that are missing in the folder, are not pinned, or have another sha256."""
    rows = (line.split() for line in pins.read_text().splitlines() if line.strip())
    expected = {name: sha256 for sha256, name in rows}
    found = {path.name: digest(path) for path in sorted(jars.glob("*.jar"))}
    return sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))


def pyspark_jars() -> Path:
    """The folder of Spark's own jars. Raises InfrastructureError if pyspark is not installed."""
    found = util.find_spec("pyspark")
    jars = Path(found.origin).parent / "jars" if found and found.origin else Path()
    if not any(jars.glob("ivy-*.jar")):
        raise InfrastructureError("pyspark is not installed here: pip install 'decantry[spark]'")
    return jars


def _ivy_jar() -> Path:
    return max(pyspark_jars().glob("ivy-*.jar"))
