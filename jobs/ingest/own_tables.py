"""Inputs that are tables of the lake itself."""

from __future__ import annotations

import os
from collections.abc import Iterable

from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.names import local_path, scheme
from decantry.jobs.sources.source import Source
from decantry.schemas.catalogue import TABLES
from decantry.udfs.archive.paths import canonical_path

_OWN = (*(f"{name}/" for name in TABLES), "gold/", "_staging/")
"""The folders below a lake's root that the lake writes: its tables, all corpora, and what runs keep for a while. Other
folders are the user's."""


def require_other_tables(root: str, sources: Iterable[Source]) -> None:
    """Raise UserError if a source is a file of a Delta table that the lake at `root` writes.

    Each ingest would read what the one before it has written, and have each page twice.
    """
    home = _folder(root)
    tables = {source.table for source in sources if source.table}
    own = sorted(table for table in tables if _folder(table).startswith(tuple(home + name for name in _OWN)))
    if own:
        raise UserError(
            f"the input {own[0]} is a table of the lake {root} itself: name another --lake, or other inputs"
        )


def _folder(name: str) -> str:
    """The real name of a folder, with its `/`."""
    found = os.path.realpath(local_path(name)) if scheme(name) == "file" else canonical_path(name)
    return found.rstrip("/") + "/"
