"""Columns that a row's file does not have because the names of its folders have them, as in Hive and Spark."""

from __future__ import annotations

import re
from urllib.parse import unquote

_FOLDER = re.compile(r"(?<=/)([A-Za-z_][A-Za-z0-9_]*)=([^/]+)(?=/)")
_OF_A_ROW = ("id", "text", "url")
"""Fields that the rows of a file cannot have in common."""
_NULL = "__HIVE_DEFAULT_PARTITION__"


def partition_values(path: str) -> dict[str, str]:
    """The columns in the folders of a path: `date=2024-05-17/dump=a%2Fb/` has two. `crawl` is also called `dump`.

    Spark escapes letters of a value that a folder's name cannot have with their percent code.
    """
    found = {name: unquote(value) for name, value in _FOLDER.findall(path) if value != _NULL}
    if "crawl" in found:
        found.setdefault("dump", found["crawl"])
    return {name: value for name, value in found.items() if name.lower() not in _OF_A_ROW}
