"""Claims on a local lake: locked files. A run that dies, however it dies, holds none: the kernel takes its locks."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from decantry.jobs.commits.claims import Note, file_name, read, written
from decantry.jobs.commits.file_lock import FOLDER, FileLock

LOOKS = 5
PAUSE_SECONDS = 0.05
"""A claim that another run only looks at seems held for a moment: it is tried a few times."""


class HeldFile(FileLock):
    """A claim of this process."""

    def require(self) -> None:
        """A lock is not lost while its holder lives."""


class LocalClaims:
    """The claims of the lake in a folder."""

    def __init__(self, root: str) -> None:
        """`root` is the lake's folder."""
        self._root = Path(root)

    def take(self, note: Note) -> HeldFile | Note:
        """The claim of the note's scope; the holder's note where another run holds it."""
        lock = HeldFile(self._root / FOLDER / file_name(str(note["scope"])))
        for _ in range(LOOKS):
            if lock.take(wait=False):
                lock.note(written(note).decode())
                return lock
            time.sleep(PAUSE_SECONDS)
        return {"scope": note["scope"], **_note(lock)}

    def live(self) -> list[Note]:
        """The notes of the claims that are held; files that a dead run has left are removed."""
        found = []
        for path in sorted((self._root / FOLDER).glob("*.claim")):
            lock = FileLock(path)
            if not lock.take(wait=False):
                found.append(_note(lock))
            lock.free()
        return found

    def sweep(self, live_runs: set[str]) -> None:
        """Remove what runs other than these have staged."""
        staging = self._root / "_staging"
        for folder in staging.iterdir() if staging.is_dir() and not staging.is_symlink() else ():
            if folder.name not in live_runs and not folder.is_symlink():
                shutil.rmtree(folder, ignore_errors=True)


def _note(lock: FileLock) -> Note:
    try:
        return read(lock.path.read_bytes()) if lock.path else {}
    except OSError:
        return {}
