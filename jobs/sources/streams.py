"""Folders that a Spark stream writes. Its log says which files are part of its output.

A batch that failed and was repeated leaves its files in the folder, so the folder holds rows twice, or halves of files.
Spark reads the log where there is one (`FileStreamSinkLog`, `MetadataLogFileIndex`), and so does Delta's CONVERT.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote

from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.names import scheme
from decantry.jobs.sources.source import open_at
from decantry.jobs.store.retries import retried
from decantry.jobs.store.s3_store import s3_beside

LOG = "_spark_metadata/"
ENTRY = re.compile(r"(\d+)(\.compact)?$")
"""A batch of the log. A compact one holds all batches before it, too."""
_WITHIN = re.compile(r"(?:[^/=]+=[^/]*/)*[^/]+$")
"""A file's name within the folder: a stream writes files there, and in the folders of partitions. The folder may have
been moved since, so the rest of the address in the log does not count."""
_OF_ROOT = re.compile(r"(?<=/)(?:[^/=]+=[^/]*/)+$")
"""Folders at the end of the stream's own address that look like those of partitions (`run=5/`)."""


def stream_files(folder: str) -> tuple[int, set[str]]:
    """The newest batch of the log, and the files of the stream's output.

    Raises UserError for a log that cannot be read, and SourceError.
    """
    entries = {(int(match[1]), match[2] is not None) for name in names_in(folder + LOG) if (match := ENTRY.match(name))}
    newest = max(batch for batch, _ in entries)
    compact = max((batch for batch, whole in entries if whole), default=-1)
    names = [f"{compact}.compact"] if compact >= 0 else []
    names += [str(batch) for batch, whole in sorted(entries) if batch > compact and not whole]
    files: set[str] = set()
    own = found[0] if (found := _OF_ROOT.search(folder)) else ""
    for name in names:
        for logged, added in _logged(folder, name):
            file = logged.removeprefix(own)
            (files.add if added else files.discard)(folder + file)
    return newest, files


def _logged(folder: str, name: str) -> Iterable[tuple[str, bool]]:
    """The files that a batch of the log adds, and removes."""
    with open_at(folder + LOG + name) as stream:
        lines = stream.read().decode("utf-8", "replace").splitlines()
    try:
        if lines[0].strip() != "v1":
            raise ValueError(f"it begins with {lines[0][:20]!r}")
        for line in filter(None, lines[1:]):
            status = json.loads(line)
            within = _WITHIN.search(unquote(status["path"]))
            if within is None:
                raise ValueError(f"it names {status['path'][:60]!r}")
            yield within[0], status.get("action", "add") != "delete"
    except (ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
        raise UserError(
            f"{folder} is the output of a Spark stream whose log {LOG}{name} cannot be read ({error!s:.100}): "
            "write its rows out as Parquet or as a Delta table, and name that"
        ) from None


def names_in(folder: str) -> list[str]:
    """The names of the files directly in a folder that ends with `/`. Raises OSError or SourceError."""
    if scheme(folder) == "file":
        return [path.name for path in Path(folder).iterdir()]
    return [name[len(folder) :] for name in retried(folder, lambda: s3_beside(folder))]
