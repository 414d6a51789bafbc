"""One file to read: where it lies, what it is called, and how to open it."""

from __future__ import annotations

import errno
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

FORMATS = ("auto", "warc", "wet", "jsonl", "parquet")

_BY_NAME = (
    ("wet", re.compile(r"\.(warc\.)?wet(\.gz|\.zst)?$")),
    ("warc", re.compile(r"\.(warc|wat)(\.gz|\.zst)?$")),
    ("jsonl", re.compile(r"\.(jsonl|ndjson|json)(\.gz|\.zst)?$")),
    ("parquet", re.compile(r"\.parquet$")),
)
TOLD = 500
"""Characters of an address that a line tells."""
_LIST = re.compile(r"\.(paths|txt)(\.gz)?$")


class SourceError(OSError):
    """A file that cannot be read, told in one line that names it."""


class Unavailable(SourceError):
    """A store that did not answer however often it was asked: nothing is wrong with what was asked for."""


@dataclass(frozen=True)
class Source:
    """A file to read: `uri` is where it is read from, `path` its canonical name.

    `bytes` is its size and `version` its etag, or size and modification time; null where they have not been asked for.
    """

    uri: str
    path: str
    bytes: int | None = None
    version: str | None = None
    listed: bool = False
    """Whether it was found in a folder or a list, so that it may be missing; else it was named."""
    columns: tuple[tuple[str, Any], ...] = ()
    """Columns that the table it is of has for all its rows, and their values: those of its partition."""
    table: str | None = None
    """The folder of the Delta table that it is of."""

    def open(self, offset: int = 0, length: int | None = None) -> BinaryIO:
        """The file, opened for reading from `offset` on. Raises SourceError, also where it is no longer what it was."""
        return open_at(self.uri, offset, length, size=self.bytes, version=self.version)


def scheme(uri: str) -> str:
    """The URI's scheme, `s3` for s3a and s3n; `file` for a path."""
    match = re.match(r"([A-Za-z][A-Za-z0-9+.-]+)://", uri)
    name = match[1].lower() if match else "file"
    return "s3" if name in ("s3a", "s3n") else name


def local_path(uri: str) -> Path:
    """The path that a local URI names."""
    path = Path(uri.removeprefix("file://"))
    return path.expanduser() if path.parts[:1] == ("~",) else path


def format_by_name(uri: str) -> str | None:
    """The format that a file's name promises; null where it promises none."""
    name = without_query(uri).rsplit("/", 1)[-1].lower()
    return next((format_ for format_, pattern in _BY_NAME if pattern.search(name)), None)


def without_query(uri: str) -> str:
    """The address without its query; in a path and in a key of S3 a question mark is a letter of the name."""
    return uri.split("?", 1)[0] if scheme(uri) in ("http", "https") else uri


def is_list(uri: str) -> bool:
    """Whether a file's name says that it is a list of paths (`warc.paths.gz`)."""
    return bool(_LIST.search(without_query(uri).lower())) and format_by_name(uri) is None


def open_at(
    uri: str, offset: int = 0, length: int | None = None, *, size: int | None = None, version: str | None = None
) -> BinaryIO:
    """The file, opened for reading from `offset` on; a remote one for `length` bytes, where that is given.

    Raises SourceError, also where the file is not of the `size` or `version` that are given.
    """
    if scheme(uri) != "file":
        from decantry.jobs.sources.remote import open_remote

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
    """What the system says of a file. Raises OSError, also for a pipe or a device, which cannot be read again."""
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EINVAL, "it is no regular file")
    return found


def _local_version(found: os.stat_result) -> str:
    return f"{found.st_size}-{found.st_mtime_ns}"


def inspect(source: Source) -> Source:
    """The source with its size and version. Raises SourceError where it is not there or may not be read."""
    from dataclasses import replace

    kind = scheme(source.uri)
    if kind == "file":
        try:
            found = _stat(local_path(source.uri))
        except (OSError, ValueError) as error:
            raise SourceError(f"{source.uri[:TOLD]}: {getattr(error, 'strerror', None) or error}") from None
        return replace(source, bytes=found.st_size, version=_local_version(found))
    from decantry.jobs.sources.remote import stat_remote

    size, version = stat_remote(source.uri)
    return replace(source, bytes=size, version=version)
