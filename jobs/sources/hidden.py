"""Names of files that readers ignore."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

_UNFINISHED = re.compile(
    r"\.(?:_COPYING_|te?mp|part|partial|filepart|inprogress|incomplete|crdownload|aria2)$", re.IGNORECASE
)
"""How names of files end that are being copied or downloaded, or that a job is writing. Folders too: the library
`datasets` writes the files of a dataset into a folder that ends with `.incomplete`, and renames it at the end."""


def is_unfinished(name: str) -> bool:
    """Whether a name ends like that of a file that is not finished."""
    return bool(_UNFINISHED.search(name))


def is_hidden(name: str, is_folder: bool = False) -> bool:
    """Whether readers ignore a file or folder with this name, as Spark does (`HadoopFSUtils.shouldFilterOutPathName`).

    Names that begin with `_` or `.` belong to running or failed jobs, or to the system; `_year=2024` is a partition.
    So do names that end like `.tmp` or `._COPYING_`: the file is not finished. A folder such as `host=a.tmp` is a
    partition, whatever its value.
    """
    if name.startswith("."):
        return True
    if name.startswith("_") and "=" not in name:
        return True
    return is_unfinished(name) and not (is_folder and "=" in name)


def hidden_part(path: str, pattern: str = "") -> str | None:
    """The first hidden name in a path, except names that the pattern asks for; None if there is none.

    The path of a folder ends with `/`. A part of the pattern that begins with `_` or `.` asks for the names that it
    matches, as in a shell, and so does one that ends like a file that is not finished.
    """
    asked = [part for part in pattern.split("/") if part.startswith(("_", ".")) or is_unfinished(part)]
    parts = path.split("/")
    hidden = (part for number, part in enumerate(parts, 1) if is_hidden(part, is_folder=number < len(parts)))
    return next((part for part in hidden if not any(fnmatchcase(part, each) for each in asked)), None)
