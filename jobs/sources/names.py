"""What an address alone tells of a file: its scheme, its format, whether it is a list."""

from __future__ import annotations

import re
from pathlib import Path

FORMATS = {
    "warc": re.compile(r"\.(warc|wat)(\.gz|\.zst)?$"),
    "wet": re.compile(r"\.(warc\.)?wet(\.gz|\.zst)?$"),
    "jsonl": re.compile(r"\.(jsonl|ndjson|json)(\.gz|\.zst)?$"),
    "parquet": re.compile(r"\.parquet$"),
}
"""The formats of inputs, each with the names that its files have."""
TOLD = 500
"""Characters of an address that a line tells."""
_LIST = re.compile(r"\.(paths|txt)(\.gz)?$")


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
    return next((format_ for format_, pattern in FORMATS.items() if pattern.search(name)), None)


def without_query(uri: str) -> str:
    """The address without its query; in a path and in a key of S3 a question mark is a letter of the name."""
    return uri.split("?", 1)[0] if scheme(uri) in ("http", "https") else uri


def is_list(uri: str) -> bool:
    """Whether a file's name says that it is a list of paths (`warc.paths.gz`)."""
    return bool(_LIST.search(without_query(uri).lower())) and format_by_name(uri) is None
