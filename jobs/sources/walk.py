"""The files below a local folder or of a glob. Links to folders are followed, and each folder counts once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase


def walked(folder: str) -> Iterator[str]:
    """The names of all files and broken links below the folder, by each way that goes through no folder twice.

    Raises OSError for a folder that may not be read.
    """
    left: list[tuple[str, frozenset[str]]] = [(folder, frozenset())]
    while left:
        at, above = left.pop()
        real = os.path.realpath(at)
        if real in above:
            continue
        with os.scandir(at) as entries:
            for entry in entries:
                if entry.is_dir():
                    left.append((os.path.join(at, entry.name), above | {real}))  # noqa: PTH118
                else:
                    yield os.path.join(at, entry.name)  # noqa: PTH118


def matching(pattern: str) -> Iterator[str]:
    """The files that a glob with `**` matches. Python's own `glob` walks in circles where links do."""
    parts = pattern.split("/")
    fixed = next(number for number, part in enumerate(parts) if any(letter in part for letter in "*?["))
    folder = "/".join(parts[:fixed]) or ("/" if pattern.startswith("/") else ".")
    if os.path.isdir(folder):  # noqa: PTH112
        for name in walked(folder):
            if _matches(os.path.relpath(name, folder).split("/"), parts[fixed:]):
                yield os.path.normpath(name) if folder == "." else name


def once(names: Iterable[str], real: Callable[[str], str]) -> list[str]:
    """The names, sorted, without those that show a file again below a link. `real` is the name without such links."""
    by_real: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (os.path.abspath(name) != real(name), name)):  # noqa: PTH100
        by_real.setdefault(real(name), name)
    return sorted(by_real.values())


def _matches(names: Sequence[str], parts: Sequence[str]) -> bool:
    if not parts:
        return not names
    if parts[0] == "**":
        return len(parts) == 1 or any(_matches(names[at:], parts[1:]) for at in range(len(names)))
    return bool(names) and fnmatchcase(names[0], parts[0]) and _matches(names[1:], parts[1:])
