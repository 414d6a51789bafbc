"""The jars of the native functions. Each is built once for a state of the sources and cached for all checkouts.

`python -m decantry.jobs.setup.native 2.13` puts the jar for Scala 2.13 into `udfs/jars`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from pathlib import Path

from decantry.jobs.process.errors import InfrastructureError
from decantry.jobs.process.home import home
from decantry.jobs.setup import sbt
from decantry.jobs.setup.fetch import staging

KEPT = 6
"""How many jars are kept, newest first. Each belongs to one state of the sources."""
BUILD = ("build.sbt", "project/build.properties", "project/plugins.sbt", "project/shaded.sha256")


def install(root: Path, scala: str, build: Callable[..., int] = sbt.run) -> Path:
    """The jar for this Scala in the checkout `root`, taken from the cache, else built and cached.

    It is a hard link if the file system allows that, so that all checkouts share a class archive (see lake/classes.py).
    Raises InfrastructureError if sbt fails.
    """
    jar = root / "udfs" / "jars" / f"decantry-native_{scala}.jar"
    kept = home() / "native" / state(root) / jar.name
    if kept.is_file():
        jar.parent.mkdir(parents=True, exist_ok=True)
        with staging(jar.parent) as folder:
            _link(kept, folder / jar.name).replace(jar)
        return jar
    with _moved_aside(jar):
        if build(f"++{scala}", "assembly", folder=root) or not jar.is_file():
            raise InfrastructureError(f"sbt did not build {jar.name}: see its output above")
    with staging(kept.parent) as folder:
        _link(jar, folder / jar.name).replace(kept)
    states = sorted(kept.parent.parent.iterdir(), key=lambda path: path.stat().st_mtime)
    for old in states[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)
    return jar


@contextmanager
def _moved_aside(jar: Path) -> Iterator[None]:
    """The block finds no jar, because the jar may be a link to that of another state. After an error it is back."""
    with staging(jar.parent) as folder:
        if jar.exists():
            jar.rename(folder / jar.name)
        try:
            yield
        except BaseException:
            if (folder / jar.name).exists():
                (folder / jar.name).replace(jar)
            raise


def _link(source: Path, target: Path) -> Path:
    """The target as a hard link to the source, or as a copy where that is not possible."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copyfile(source, target)
    return target


def state(root: Path) -> str:
    """A short name for what goes into a jar: sources, resources, the build, pyspark's version, files of others."""
    digest = hashlib.sha256(" ".join([metadata.version("pyspark"), *(each.sha256 for each in sbt.CARRIED)]).encode())
    sources = sorted(file for file in (root / "udfs" / "src" / "main").rglob("*") if file.is_file())
    for file in [*(root / name for name in BUILD), *sources]:
        content = file.read_bytes()
        digest.update(f"{file.relative_to(root)} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]


if __name__ == "__main__":
    try:
        for version in sys.argv[1:]:
            install(Path(__file__).resolve().parents[2], version)
    except InfrastructureError as error:
        sys.exit(f"decantry: {error}")
