"""Names of files that readers ignore."""

from __future__ import annotations

from fnmatch import fnmatchcase


def is_hidden(name: str) -> bool:
    """Whether readers ignore a file or folder with this name, as Spark does (`HadoopFSUtils.shouldFilterOutPathName`).

    Names that begin with `_` or `.` belong to running or failed jobs, or to the system; `_year=2024` is a partition.
    `._COPYING_` is the end of the name of a file that is being copied.
    """
    return (name.startswith("_") and "=" not in name) or name.startswith(".") or name.endswith("._COPYING_")


def hidden_part(path: str, pattern: str = "") -> str | None:
    """The first hidden name in a path, except names that the pattern asks for; None if there is none.

    A part of the pattern that begins with `_` or `.` asks for the names that it matches, as in a shell.
    """
    asked = [part for part in pattern.split("/") if part.startswith(("_", "."))]
    hidden = (part for part in path.split("/") if is_hidden(part))
    return next((part for part in hidden if not any(fnmatchcase(part, each) for each in asked)), None)
