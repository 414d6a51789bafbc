"""Names of files that readers ignore."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

_UNFINISHED = re.compile(r"\.(?:_COPYING_|te?mp|part|partial|filepart|inprogress|incomplete|crdownload|aria2)$")
"""How names of files end that are being copied or downloaded, or that a job is writing."""


def is_hidden(name: str) -> bool:
    """Whether readers ignore a file or folder with this name, as Spark does (`HadoopFSUtils.shouldFilterOutPathName`).

    Names that begin with `_` or `.` belong to running or failed jobs, or to the system; `_year=2024` is a partition.
    So do names that end like `.tmp` or `._COPYING_`: the file is not finished.
    """
    return (name.startswith("_") and "=" not in name) or name.startswith(".") or bool(_UNFINISHED.search(name))


def hidden_part(path: str, pattern: str = "") -> str | None:
    """The first hidden name in a path, except names that the pattern asks for; None if there is none.

    A part of the pattern that begins with `_` or `.` asks for the names that it matches, as in a shell, and so does one
    that ends like a file that is not finished.
    """
    asked = [part for part in pattern.split("/") if part.startswith(("_", ".")) or _UNFINISHED.search(part)]
    hidden = (part for part in path.split("/") if is_hidden(part))
    return next((part for part in hidden if not any(fnmatchcase(part, each) for each in asked)), None)
