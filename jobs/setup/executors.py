"""Models and lists for the workers of a cluster, to which Spark copies them."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from decantry.jobs.process.home import home
from decantry.udfs.page.spark_files import PREFIX


def on_executors(path: Path, sha256: str) -> str:
    """The name under which tasks find the file or folder (decantry.udfs.page.spark_files, or `url_match`).

    In a local session that is its path. On a cluster, Spark copies the file, or the folder as an archive, to each
    worker that runs a task (SparkContext.addFile, addArchive). Workers need neither set-up nor a shared file system.
    """
    from pyspark.sql import SparkSession

    session = SparkSession.getActiveSession()
    if session is None or (session.sparkContext.master or "local").startswith("local"):
        return str(path.absolute())  # the session may have been started in another folder
    context, name = session.sparkContext, f"{sha256[:16]}-{path.name}"
    link = home() / "executors" / name
    link.parent.mkdir(parents=True, exist_ok=True)
    if path.is_dir():
        archive = Path(f"{link}.zip")
        if not archive.is_file():
            made = shutil.make_archive(f"{link}.{os.getpid()}", "zip", path)
            Path(made).replace(archive)
        context.addArchive(f"{archive}#{name}")
    else:
        if not link.is_file():
            _linked(path, link)
        context.addFile(str(link))
    return f"{PREFIX}{name}"


def _linked(path: Path, link: Path) -> None:
    """Make `link` a hard link to the file, or a copy if it is on another file system.

    A symbolic link would not do, because Spark follows it and takes the name of its target.
    """
    try:
        link.hardlink_to(path)
    except FileExistsError:
        return
    except OSError:
        copy = Path(f"{link}.{os.getpid()}")
        shutil.copyfile(path, copy)
        copy.replace(link)
