"""The files below a local folder or of a glob. Links to folders are followed, and each folder counts once."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator


def walked(folder: str) -> Iterator[str]:
    """The names of all files and of broken links below the folder. Raises OSError for a folder that may not be read."""
    seen: set[str] = set()
    roots = deque([folder])
    while roots:
        for at, folders, files in os.walk(roots.popleft(), onerror=_fail):
            real = os.path.realpath(at)
            if real in seen:
                folders.clear()
                continue
            seen.add(real)
            paths = [os.path.join(at, name) for name in folders]  # noqa: PTH118
            roots.extend(path for path in sorted(paths) if os.path.islink(path))  # noqa: PTH114
            yield from (os.path.join(at, name) for name in files)  # noqa: PTH118


def once(names: Iterable[str], real: Callable[[str], str]) -> list[str]:
    """The names, sorted, without those that show a file again below a link. `real` is the name without such links."""
    by_real: dict[str, str] = {}
    for name in sorted(names, key=lambda name: (os.path.abspath(name) != real(name), name)):  # noqa: PTH100
        by_real.setdefault(real(name), name)
    return sorted(by_real.values())


def _fail(error: OSError) -> None:
    raise error
