"""One file to read: where it lies, what it is called, and how to open it."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

FORMATS = ("auto", "warc", "wet", "jsonl", "parquet")

_BY_NAME = (
    ("wet", re.compile(r"\.(warc\.)?wet(\.gz|\.zst)?$")),
    ("warc", re.compile(r"\.(warc|wat)(\.gz|\.zst)?$")),
    ("jsonl", re.compile(r"\.(jsonl|ndjson|json)(\.gz|\.zst)?$")),
    ("parquet", re.compile(r"\.parquet$")),
)
_LIST = re.compile(r"\.(paths|txt)(\.gz)?$")


class SourceError(OSError):
    """A file that cannot be read, told in one line that names it."""


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
    return Path(uri.removeprefix("file://")).expanduser()


def format_by_name(uri: str) -> str | None:
    """The format that a file's name promises; null where it promises none."""
    name = uri.split("?", 1)[0].rsplit("/", 1)[-1].lower()
    return next((format_ for format_, pattern in _BY_NAME if pattern.search(name)), None)


def is_list(uri: str) -> bool:
    """Whether a file's name says that it is a list of paths (`warc.paths.gz`)."""
    return bool(_LIST.search(uri.split("?", 1)[0].lower())) and format_by_name(uri) is None


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
        file = local_path(uri).open("rb", buffering=0)
        if version is not None and version != _local_version(os.fstat(file.fileno())):
            file.close()
            raise SourceError(f"{uri}: it changed since the run began")
        file.seek(offset)
    except SourceError:
        raise
    except OSError as error:
        raise SourceError(f"{uri}: {error.strerror or error}") from None
    return file


def _local_version(stat: os.stat_result) -> str:
    return f"{stat.st_size}-{stat.st_mtime_ns}"


def inspect(source: Source) -> Source:
    """The source with its size and version. Raises SourceError where it is not there or may not be read."""
    from dataclasses import replace

    kind = scheme(source.uri)
    if kind == "file":
        try:
            stat = local_path(source.uri).stat()
        except OSError as error:
            raise SourceError(f"{source.uri}: {error.strerror or error}") from None
        return replace(source, bytes=stat.st_size, version=_local_version(stat))
    from decantry.jobs.sources.remote import stat_remote

    size, version = stat_remote(source.uri)
    return replace(source, bytes=size, version=version)
