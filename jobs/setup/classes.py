"""A class archive for the JVM: what a run loads, parsed once at set-up, so that every session starts seconds sooner.

It is a dynamic AppCDS archive (JEP 350). The JVM checks it against its own build and the class path, and does without
where they differ; no result depends on it.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from decantry.jobs.errors import UserError
from decantry.jobs.setup.cache import home

NAME = "classes.jsa"


def options() -> str:
    """The JVM's options that use the archive; none where there is none."""
    archive = home() / NAME
    return f"-XX:SharedArchiveFile={archive} -Xlog:disable -Xlog:all=error:stderr" if archive.is_file() else ""


def install(say: Callable[[str], None] = print) -> Path | None:
    """Run the main job on the embedded sample and keep the classes that it loads; null where that is not possible.

    An archive that is newer than every jar is kept as it is.
    """
    from decantry.jobs.session import native_jar, runtime_jars

    archive = home() / NAME
    try:
        jars = [native_jar(), *runtime_jars().glob("*.jar")]
    except UserError:
        return None  # a checkout whose jar is yet to be built
    if archive.is_file() and archive.stat().st_mtime > max(jar.stat().st_mtime for jar in jars):
        return archive
    say("keeping the classes that a run loads, for a quicker start ...")
    archive.unlink(missing_ok=True)
    with tempfile.TemporaryDirectory(dir=_made(home())) as folder:
        made = Path(folder) / NAME
        if _train(Path(folder), made) and made.is_file():
            made.replace(archive)
            return archive
    return None


def _train(folder: Path, archive: Path) -> bool:
    """Whether a run over the sample went well; the JVM writes the archive when it ends."""
    from decantry.jobs.sample import build

    inputs = [word for path in build(folder / "sample") for word in ("--input", str(path))]
    command = [sys.executable, "-m", "decantry.jobs.main", "run", "fineweb", *inputs, "--lake", str(folder / "lake")]
    environment = {**os.environ, "SPARK_SUBMIT_OPTS": f"-XX:ArchiveClassesAtExit={archive}"}
    # the answer is whole only once the JVM, which holds the other ends of the pipes, has ended too
    return subprocess.run(command, env=environment, capture_output=True, check=False).returncode == 0


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder
