"""The address at which the library that reads logs of Delta finds a local table."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def delta_address(folder: str) -> Iterator[str]:
    """A `file://` address of the table in this folder, while the block runs.

    `deltalake` decodes names twice and takes a backslash for a slash, so a folder `a%20b` is given to it by another
    name: a folder of links to the table's log and deletion vectors. The table's Parquet files are not there.
    """
    if not {"%", "\\"} & set(folder):
        yield Path(folder).as_uri()
        return
    with TemporaryDirectory() as plain:
        for entry in Path(folder).iterdir():
            if not entry.name.endswith(".parquet"):
                Path(plain, entry.name).symlink_to(entry)
        yield Path(plain).as_uri()
