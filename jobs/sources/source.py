"""One file to read: its address, its canonical name, and how to open it."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

from decantry.jobs.sources.names import TOLD, local_path, scheme
from decantry.jobs.sources.remote import open_remote, stat_remote
from decantry.jobs.store.errors import SourceError


@dataclass(frozen=True)
class Source:
    """A file to read: `uri` is where it is read from, `path` its canonical name.

    `bytes` is its size and `version` its etag, or size and modification time; None until they are looked up.
    """

    uri: str
    path: str
    bytes: int | None = None
    version: str | None = None
    listed: bool = False
    """Whether it was found in a folder or a list, so it may be missing; else the user named it."""
    columns: tuple[tuple[str, Any], ...] = ()
    """The partition columns of its table, and their values for all rows of this file."""
    table: str | None = None
    """The folder of the Delta table that it belongs to."""

    def open(self, offset: int = 0, length: int | None = None) -> BinaryIO:
        """The file, opened for reading from `offset` on. Raises SourceError, also if the file has changed."""
        return open_at(self.uri, offset, length, size=self.bytes, version=self.version)


def open_at(
    uri: str, offset: int = 0, length: int | None = None, *, size: int | None = None, version: str | None = None
) -> BinaryIO:
    """The file, opened for reading from `offset` on; a remote one for `length` bytes, if given.

    Raises SourceError, also if the file does not have the given `size` or `version`.
    """
    if scheme(uri) != "file":
        return open_remote(uri, offset, length, size=size, version=version)
    try:
        _stat(local_path(uri))
        file = local_path(uri).open("rb", buffering=0)
        if version is not None and version != _local_version(os.fstat(file.fileno())):
            file.close()
            raise SourceError(f"{uri}: it changed since the run began")
        file.seek(offset)
    except SourceError:
        raise
    except (OSError, ValueError) as error:
        raise SourceError(f"{uri[:TOLD]}: {getattr(error, 'strerror', None) or error}") from None
    return file


def _stat(path: Path) -> os.stat_result:
    """The file's status. Raises OSError, also for a pipe or a device, which cannot be read twice."""
    found = path.stat()
    if stat.S_ISDIR(found.st_mode):
        raise OSError(errno.EISDIR, "it is a folder: name it with --input, and not in a list")
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is not a regular file")
    return found


def _local_version(found: os.stat_result) -> str:
    return f"{found.st_size}-{found.st_mtime_ns}"


def inspect(source: Source) -> Source:
    """The source with its size and version. Raises SourceError if it does not exist or may not be read."""
    kind = scheme(source.uri)
    if kind == "file":
        try:
            found = _stat(local_path(source.uri))
        except (OSError, ValueError) as error:
            raise SourceError(f"{source.uri[:TOLD]}: {getattr(error, 'strerror', None) or error}") from None
        return replace(source, bytes=found.st_size, version=_local_version(found))
    size, version = stat_remote(source.uri)
    return replace(source, bytes=size, version=version)
