"""A lock by a file of this machine, which the kernel lets go when its holder dies."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.errors import InfrastructureError

if TYPE_CHECKING:
    from decantry.jobs.lake import Lake

FOLDER = "_claims"
"""The folder of a lake that holds locks and claims; empty, and gone, when nobody writes."""


class FileLock:
    """An exclusive lock on a file, held by this process until it lets go or dies (flock); the file holds a note."""

    def __init__(self, path: Path | None) -> None:
        """The lock of `path`; of nothing, and always free, where that is null."""
        self.path = path
        self._file: int | None = None

    @classmethod
    def of(cls, lake: Lake, what: str) -> FileLock:
        """The lock of what one process of a local lake does at a time: a commit to a table, the end of a batch.

        Delta commits to a local folder by looking whether the version's file is there and then renaming to it: two
        processes that do so at once may lose a commit. Elsewhere the store, or a claim, keeps writers apart.
        """
        from decantry.jobs.lake_address import is_local

        return cls(Path(lake.root) / FOLDER / f"{what.replace('/', '.')}.commit" if is_local(lake.root) else None)

    def take(self, *, wait: bool = True) -> bool:
        """Take the lock; false where another holds it and this one does not `wait`."""
        if self.path is None:
            return True
        while True:
            try:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                file = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
            except FileNotFoundError:  # the folder went in between
                continue
            except OSError as error:
                raise InfrastructureError(
                    f"the lock {self.path} cannot be taken: {error.strerror}; {FOLDER} is a folder of files that "
                    "decantry makes: remove what else is there, once nothing writes to the lake"
                ) from None
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                os.close(file)
                return False
            except BaseException:
                os.close(file)
                raise
            if _is(file, self.path):
                self._file = file
                return True
            os.close(file)  # its holder removed it while this one waited

    def note(self, text: str) -> None:
        """Write the text into the file, for those who find it locked."""
        if self._file is not None:
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, text.encode(), 0)

    def free(self) -> None:
        """Let go, and remove the file, and its folder when that is empty."""
        if self.path is None or self._file is None:
            return
        try:
            self.path.unlink(missing_ok=True)
            self.path.parent.rmdir()
        except OSError:
            pass
        os.close(self._file)
        self._file = None

    def __enter__(self) -> FileLock:
        """Wait for the lock."""
        self.take()
        return self

    def __exit__(self, *raised: object) -> None:
        """Let go."""
        self.free()


def _is(file: int, path: Path) -> bool:
    """Whether the open file is the one that the path names."""
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False
