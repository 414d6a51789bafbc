"""What an archive is called, and which crawl it belongs to."""

from __future__ import annotations

import os
import re
from urllib.parse import unquote

_COMMON_CRAWL = re.compile(r"(?:^|/)(crawl-data/CC-[A-Z]+[A-Za-z0-9-]*/.+)$")
_SCHEME = re.compile(r"^[A-Za-z0-9+.-]+")
_S3 = {"s3a": "s3", "s3n": "s3"}
_CRAWL = re.compile(r"(?<![A-Za-z0-9])(CC-(?:MAIN-\d{4}-\d{2}|NEWS-?\d{0,6}))(?![0-9])")
_PART_OF = re.compile(rb"^isPartOf:[ \t]*([^\r\n]+)", re.IGNORECASE | re.MULTILINE)
_NAME = re.compile(r"[^A-Za-z0-9._-]+")

DEFAULT_CRAWL = "default"
LONGEST_CRAWL = 80
"""The most bytes of a crawl's name. It becomes a folder's name in tables, where a byte may need three."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")
_NULL_PARTITION = "__HIVE_DEFAULT_PARTITION__"


def is_crawl(name: str) -> bool:
    """Whether this can be a crawl's name: 1 to LONGEST_CRAWL bytes, no control characters, not a name Spark uses."""
    return (
        0 < len(name.encode("utf-8", "surrogatepass")) <= LONGEST_CRAWL
        and not name.isspace()
        and not _CONTROL.search(name)
        and name != _NULL_PARTITION
    )


def canonical_path(uri: str) -> str:
    """The name of a file that is the same wherever it is read from.

    Common Crawl's files are `crawl-data/...`; local ones have their absolute path; others their URI.
    """
    common = _COMMON_CRAWL.search(uri)
    if common:
        return common[1]
    if "://" in uri and not uri.startswith("file://"):
        return _SCHEME.sub(lambda found: _S3.get(found[0].lower(), found[0].lower()), uri, count=1)
    return os.path.abspath(uri.removeprefix("file://"))  # noqa: PTH100 (keeps symbolic links)


def crawl_of(path: str, warcinfo: bytes | None = None, given: str | None = None) -> str:
    """The crawl's name: the given one, else the one in the archive, else the one in its path, else `default`."""
    if given:
        return given
    said = _PART_OF.search(warcinfo or b"")
    if said:
        name = _NAME.sub("-", unquote(said[1].decode("utf-8", "replace")))[:LONGEST_CRAWL].strip("-")
        if name:
            return name
    in_path = _CRAWL.search(path)
    return in_path[1].rstrip("-") if in_path else DEFAULT_CRAWL
