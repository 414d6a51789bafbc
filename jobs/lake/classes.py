"""A class archive for the JVM, which holds the parsed classes of a run so that later sessions start sooner.

It is a dynamic AppCDS archive (JEP 350). The first `decantry run` on a machine writes it when its JVM ends, after the
command has finished. Environments whose jars are the same files, as hard links of an installer's cache are, share it.
The JVM compares the archive with its own build and class path, and ignores it if they differ. No result depends on it.
docs/benchmarks.md has what it gains.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

from decantry.jobs.process.home import home

KEPT = 3
"""How many archives are kept, newest first. Each belongs to the jars of some environments, and has some 200 MB."""
_QUIET = "-Xlog:disable -Xlog:all=error:stderr"


def options(class_path: Sequence[str], *, record: bool = False) -> str:
    """The JVM's options that use the archive of this class path; empty if there is no archive.

    With `record`, the options then make the JVM write it when it ends.
    """
    archive = archive_of(class_path)
    if _is_valid(archive):
        return f'-XX:SharedArchiveFile="{archive}" {_QUIET}'
    if not record:
        return ""
    home().mkdir(parents=True, exist_ok=True)
    archive.unlink(missing_ok=True)
    for old in sorted(home().glob("classes-*.jsa"), key=lambda path: path.stat().st_mtime)[: -KEPT + 1]:
        old.unlink(missing_ok=True)
        _list_of(old).unlink(missing_ok=True)
    _list_of(archive).write_text("\n".join(map(str, _jars(class_path))), encoding="utf-8")
    return f'-XX:ArchiveClassesAtExit="{archive}" {_QUIET}'


def archive_of(class_path: Sequence[str]) -> Path:
    """The path of the archive for the jars of this class path and of Spark.

    Other jars, newer ones, or the same ones in another order have another archive.
    """
    return home() / f"classes-{_identity(_jars(class_path))}.jsa"


def _is_valid(archive: Path) -> bool:
    """Whether the archive exists, and its jars are where they were when it was written: the JVM looks there."""
    with suppress(OSError):
        recorded = _list_of(archive).read_text(encoding="utf-8").split("\n")
        return archive.is_file() and archive.stem == f"classes-{_identity(map(Path, recorded))}"
    return False


def _list_of(archive: Path) -> Path:
    """The file that lists the paths of an archive's jars."""
    return archive.with_suffix(".jars")


def _identity(jars: Iterable[Path]) -> str:
    """A short name for these files, whatever their paths: the JVM compares their inodes, sizes and times."""
    digest = hashlib.sha256()
    for found in map(os.stat, jars):
        digest.update(f"{found.st_dev} {found.st_ino} {found.st_size} {found.st_mtime_ns}\n".encode())
    return digest.hexdigest()[:12]


def _jars(class_path: Sequence[str]) -> list[Path]:
    """The jars of the class path and of Spark. `folder/*` means all jars of the folder, in the order of its entries."""
    spark = find_spec("pyspark")
    folder = [str(Path(spark.origin).parent / "jars" / "*")] if spark is not None and spark.origin else []
    found: list[Path] = []
    for path in map(Path, [*class_path, *folder]):
        found += path.parent.glob("*.jar") if path.name == "*" else [path]
    return found
