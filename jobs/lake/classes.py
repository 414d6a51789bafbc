"""A class archive for the JVM, which holds the parsed classes of a run so that later sessions start sooner.

It is a dynamic AppCDS archive (JEP 350). The first `decantry run` on a machine writes it when its JVM ends, after the
command has finished. The JVM compares the archive with its own build and class path, and ignores it if they differ. No
result depends on it. docs/benchmarks.md has what it gains.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from decantry.jobs.process.home import home

KEPT = 3
"""How many archives are kept, newest first. Each belongs to one environment and its jars, and has some 200 MB."""
_QUIET = "-Xlog:disable -Xlog:all=error:stderr"


def options(class_path: Sequence[str], *, record: bool = False) -> str:
    """The JVM's options that use the archive of this class path; empty if there is no archive.

    With `record`, the options then make the JVM write it when it ends.
    """
    archive = archive_of(class_path)
    if archive.is_file():
        return f'-XX:SharedArchiveFile="{archive}" {_QUIET}'
    if not record:
        return ""
    home().mkdir(parents=True, exist_ok=True)
    for old in sorted(home().glob("classes-*.jsa"), key=lambda path: path.stat().st_mtime)[: -KEPT + 1]:
        old.unlink(missing_ok=True)
    return f'-XX:ArchiveClassesAtExit="{archive}" {_QUIET}'


def archive_of(class_path: Sequence[str]) -> Path:
    """The path of the archive for this class path. Other jars, or newer ones, have another archive."""
    spark = find_spec("pyspark")
    words = [*class_path, str(spark.origin if spark else None)]
    for jar in _jars(class_path):
        found = jar.stat()
        words.append(f"{jar} {found.st_size} {found.st_mtime_ns}")
    return home() / f"classes-{hashlib.sha256(chr(0).join(words).encode()).hexdigest()[:12]}.jsa"


def _jars(class_path: Sequence[str]) -> list[Path]:
    """The jars of the class path; `folder/*` means all jars of the folder."""
    found = []
    for word in class_path:
        path = Path(word)
        found += sorted(path.parent.glob("*.jar")) if path.name == "*" else [path]
    return found
