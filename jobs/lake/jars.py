"""The jars that a session needs, in the folders of set-up or of the user."""

from __future__ import annotations

import hashlib
import os
from importlib import metadata, resources
from pathlib import Path

from decantry.jobs.process.errors import UserError
from decantry.jobs.process.home import RUN_SETUP, home


def class_path() -> tuple[str, ...]:
    """The folder of the runtime jars, and the native jar. Raises UserError, with what to do, if one is missing."""
    return (f"{runtime_jars()}/*", str(native_jar()))


def native_jar() -> Path:
    """The native functions' jar for the Scala of the installed Spark: 2.12 for Spark 3.5, else 2.13."""
    scala = "2.12" if metadata.version("pyspark").startswith("3.") else "2.13"
    jar = Path(str(resources.files("decantry.udfs") / "jars" / f"decantry-native_{scala}.jar"))
    if not jar.is_file():
        raise UserError(f"the native functions' jar is missing ({jar.name}): run `make jar` in the checkout")
    return jar


def runtime_jars() -> Path:
    """The folder of the runtime jars: DECANTRY_JARS, else set-up's. Raises UserError if it does not contain Delta."""
    override = os.environ.get("DECANTRY_JARS")
    folder = Path(override) if override else jars_dir()
    if not any(folder.glob("delta-spark_*.jar")):
        raise UserError(f"Delta's jars are not in {folder}: run `decantry setup` once")
    return folder


def runtime_key() -> str:
    """A short name for the pinned jars, so that two releases with different pins have different folders."""
    return hashlib.sha256((resources.files("decantry.jobs.setup") / "runtime.ivy.xml").read_bytes()).hexdigest()[:12]


def jars_dir() -> Path:
    """The folder of the runtime jars (Delta, S3). Raises UserError if set-up has not filled it."""
    folder = home() / "jars" / runtime_key()
    if not folder.is_dir():
        raise UserError(f"the runtime jars are not in {folder}: {RUN_SETUP}")
    return folder
