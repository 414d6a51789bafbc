"""A class archive for the JVM: what a run loads, parsed once at set-up, so that every session starts seconds sooner.

It is a dynamic AppCDS archive (JEP 350). The JVM checks it against its own build and the class path, and does without
where they differ; no result depends on it.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

from decantry.jobs.errors import UserError
from decantry.jobs.setup.cache import home

KEPT = 3
"""Archives that are kept, the newest: one belongs to one environment and one checkout."""


def options(class_path: Sequence[str]) -> str:
    """The JVM's options that use the archive of this class path; none where there is none."""
    archive = archive_of(class_path)
    return f'-XX:SharedArchiveFile="{archive}" -Xlog:disable -Xlog:all=error:stderr' if archive.is_file() else ""


def archive_of(class_path: Sequence[str]) -> Path:
    """Where the archive of this class path lies, before which pyspark's own jars stand."""
    spark = find_spec("pyspark")
    words = [*class_path, str(spark.origin if spark else None)]
    return home() / f"classes-{hashlib.sha256(os.pathsep.join(words).encode()).hexdigest()[:12]}.jsa"


def install(say: Callable[[str], None] = print) -> Path | None:
    """Run the main job on the embedded sample and keep the classes that it loads; null where that is not possible.

    An archive that is newer than every jar is kept as it is.
    """
    from decantry.jobs.session import class_path, native_jar, runtime_jars

    try:
        archive = archive_of(class_path())
    except UserError:
        return None  # a checkout whose jar is yet to be built
    jars = [native_jar(), *runtime_jars().glob("*.jar")]
    if archive.is_file() and archive.stat().st_mtime > max(jar.stat().st_mtime for jar in jars):
        return archive
    say("keeping the classes that a run loads, for a quicker start ...")
    archive.unlink(missing_ok=True)
    home().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home()) as folder:
        made = Path(folder) / archive.name
        if not (_train(Path(folder), made) and made.is_file()):
            return None
        made.replace(archive)
    for old in sorted(home().glob("classes-*.jsa"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        old.unlink()
    return archive


def _train(folder: Path, archive: Path) -> bool:
    """Whether a run over the sample went well; the JVM writes the archive when it ends."""
    from decantry.jobs.sample import build

    inputs = [word for path in build(folder / "sample") for word in ("--input", str(path))]
    command = [sys.executable, "-m", "decantry.jobs.main", "run", "fineweb", *inputs, "--lake", str(folder / "lake")]
    environment = {**os.environ, "SPARK_SUBMIT_OPTS": f'-XX:ArchiveClassesAtExit="{archive}"'}
    # the answer is whole only once the JVM, which holds the other ends of the pipes, has ended too
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0
