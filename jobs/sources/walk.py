"""The files below a local folder or of a glob. Links to folders are followed, and each folder counts once."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from heapq import heappop, heappush

from decantry.jobs.sources.hidden import hidden_part
from decantry.jobs.sources.names import format_by_name


def walked(folder: str, pattern: str = "**") -> Iterator[str]:
    """The names of all files and broken links below the folder that match the pattern.

    A folder that links show several times is read once for each part of the pattern that it may stand for: first by a
    name without hidden parts, then by one without links. A folder that is removed meanwhile is empty. Raises OSError
    for a folder that may not be read, unless it is hidden.
    """
    parts = pattern.split("/")
    left = [(False, False, folder, _with_none(parts, {0}))]
    done: set[tuple[str, frozenset[int]]] = set()
    while left:
        hidden, linked, at, reached = heappop(left)
        if (here := (os.path.realpath(at), reached)) in done:
            continue
        done.add(here)
        for entry in _entries(at, hidden):
            name = os.path.join(at, entry.name)  # noqa: PTH118
            after = _after(parts, reached, entry.name)
            if not _is_folder(entry):
                if len(parts) in after:
                    yield name
            elif after - {len(parts)}:
                below = hidden or hidden_part(f"{entry.name}/", pattern) is not None
                heappush(left, (below, linked or entry.is_symlink(), name, after))


def matching(pattern: str) -> Iterator[str]:
    """The files that a glob with `**` matches. Python's own `glob` walks in circles where links do."""
    parts = pattern.split("/")
    fixed = next(number for number, part in enumerate(parts) if any(letter in part for letter in "*?["))
    folder = "/".join(parts[:fixed]) or ("/" if pattern.startswith("/") else ".")
    if os.path.isdir(folder):  # noqa: PTH112
        for name in walked(folder, "/".join(parts[fixed:])):
            yield os.path.normpath(name) if folder == "." else name


def with_names(pattern: str, is_folder: Callable[[str], bool]) -> str:
    """The pattern, with escapes for each part that is itself the name of a folder (`run [1]`, `what?`)."""
    parts = pattern.split("/")
    for number, part in enumerate(parts[:-1]):
        if glob.escape(part) != part:
            if not is_folder("/".join(pattern.split("/")[: number + 1]) + "/"):
                break
            parts[number] = glob.escape(part)
    return "/".join(parts)


def once(names: Iterable[str], real: Callable[[str], str], base: str, asked: str = "") -> list[str]:
    """The names below `base`, sorted, without those that show a file again by a link.

    `real` is the name without links. Names without parts that are hidden, and not asked for, come first, then names of
    a format that is read, and then names without links.
    """
    top = real(base)

    def order(name: str) -> tuple[bool, bool, bool, str]:
        below = name[len(base) :]
        return hidden_part(below, asked) is not None, not format_by_name(name), real(name) != top + below, name

    by_real: dict[str, str] = {}
    for name in sorted(names, key=order):
        by_real.setdefault(real(name), name)
    return sorted(by_real.values())


def _entries(folder: str, hidden: bool) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return list(entries)
    except FileNotFoundError:
        return []
    except PermissionError:
        if hidden:
            return []
        raise


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder or a link to one. A link to itself is neither."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _after(parts: Sequence[str], reached: Iterable[int], name: str) -> frozenset[int]:
    """How many parts of the pattern may be used up after a file or folder of this name."""
    deep = {at for at in reached if at < len(parts) and parts[at] == "**"}
    plain = {at + 1 for at in reached if at < len(parts) and parts[at] != "**" and fnmatchcase(name, parts[at])}
    return _with_none(parts, deep | plain)


def _with_none(parts: Sequence[str], reached: Iterable[int]) -> frozenset[int]:
    """The numbers of used parts, also if `**` stands for no folder."""
    found = set(reached)
    for at, part in enumerate(parts):
        if at in found and part == "**":
            found.add(at + 1)
    return frozenset(found)
