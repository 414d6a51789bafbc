"""The sha256 of files, and which files an ONNX export has."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

_CHUNK = 1 << 20
NEW = 2 * 10**9
"""Nanoseconds. A file that changed more recently may change again and keep its times, so its digest is not cached."""


def digest(path: Path) -> str:
    """The file's sha256 in hex. A process reads a file once unless it changes."""
    stat = path.stat()
    changed = max(stat.st_mtime_ns, stat.st_ctime_ns)
    read = _digest.__wrapped__ if time.time_ns() - changed < NEW else _digest
    return read(str(path.absolute()), stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


@lru_cache(maxsize=64)
def _digest(path: str, *_: int) -> str:
    """The file's sha256. Its size and times are part of the cache key, so that a changed file is read again."""
    state = hashlib.sha256()
    with Path(path).open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            state.update(chunk)
    return state.hexdigest()


def digest_of(files: Sequence[Path]) -> str:
    """One sha256 for several files: of their digests in order."""
    return hashlib.sha256("".join(digest(file) for file in files).encode()).hexdigest()


def export_files(folder: Path) -> list[Path]:
    """The .onnx file and the tokenizer.json of an export, then all other files, which may contain the weights.

    Empty if one of the two is missing. If there are several, the first by name counts.
    """
    files = sorted(file for file in folder.rglob("[!.]*") if file.is_file())
    found = [next((file for file in files if file.match(name)), None) for name in ("*.onnx", "*tokenizer.json")]
    first = [file for file in found if file is not None]
    return [*first, *(file for file in files if file not in first)] if None not in found else []
