"""What an address says about a file: its scheme, its format, whether it is a list."""

from __future__ import annotations

import glob
import os
import re
from pathlib import Path
from urllib.parse import unquote

_PACKED = r"(\.gz|\.gzip|\.zst|\.zstd)?$"
FORMATS = {
    "warc": re.compile(rf"\.(warc|wat){_PACKED}"),
    "wet": re.compile(rf"\.(warc\.)?wet{_PACKED}"),
    "jsonl": re.compile(rf"\.(jsonl|ndjson|json|jsonlines|jl){_PACKED}"),
    "parquet": re.compile(r"\.(parquet|parq|pq)$"),
}
"""The formats of inputs, each with the names that its files have."""
TOLD = 500
"""How many characters of an address a message shows."""
_FILE = re.compile(r"file:(?://(?:localhost)?)?(?=/)", re.IGNORECASE)
_GLOB = re.compile(r"[*?\[]")
_LIST = re.compile(r"\.(paths|txt)(\.gz)?$")


def scheme(uri: str) -> str:
    """The URI's scheme, `s3` for s3a and s3n; `file` for a path."""
    match = re.match(r"([A-Za-z][A-Za-z0-9+.-]+)://", uri)
    name = match[1].lower() if match else "file"
    return "s3" if name in ("s3a", "s3n") else name


def local_name(uri: str) -> str:
    """A path without `file:`, `file://` or `file://localhost` before it (RFC 8089); another address as it is.

    Escapes such as `%20` after `file:` are decoded, unless the path exists, or the glob matches, as it is written.
    """
    match = _FILE.match(uri)
    if match is None:
        return uri
    name = uri[match.end() :]
    if "%" not in name:
        return name
    as_written = os.path.exists(name) or (_GLOB.search(name) and any(glob.iglob(name, recursive=True)))  # noqa: PTH110, PTH207
    return name if as_written else unquote(name)


def local_path(uri: str) -> Path:
    """The path of a local URI."""
    path = Path(local_name(uri))
    return path.expanduser() if path.parts[:1] == ("~",) else path


def format_by_name(uri: str) -> str | None:
    """The format according to the file's name; None if the name does not say."""
    name = without_query(uri).rsplit("/", 1)[-1].lower()
    return next((format_ for format_, pattern in FORMATS.items() if pattern.search(name)), None)


def without_query(uri: str) -> str:
    """The address without its query. In a path or an S3 key a question mark is part of the name."""
    return uri.split("?", 1)[0] if scheme(uri) in ("http", "https") else uri


def is_list(uri: str) -> bool:
    """Whether a file's name says that it is a list of paths (`warc.paths.gz`)."""
    return bool(_LIST.search(without_query(uri).lower())) and format_by_name(uri) is None
