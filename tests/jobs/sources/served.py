"""Files with made content for the tests of sources."""

from __future__ import annotations

from pathlib import Path

BYTES = bytes(range(256)) * 4000


def files(folder: Path, *names: str) -> list[str]:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x")
    return [str(folder / name) for name in names]
