"""Inputs that are tables of the lake itself."""

from __future__ import annotations

import os
from collections.abc import Iterable

from decantry.jobs.process.errors import UserError
from decantry.jobs.sources.names import local_path, scheme
from decantry.jobs.sources.source import Source
from decantry.udfs.archive.paths import canonical_path


def require_other_tables(root: str, sources: Iterable[Source]) -> None:
    """Raise UserError if a source is a file of a Delta table in the lake at `root`.

    Each ingest would read what the one before it has written, and have each page twice.
    """
    home = _folder(root)
    own = next((each.table for each in sources if each.table and _folder(each.table).startswith(home)), None)
    if own is not None:
        raise UserError(f"the input {own} is a table of the lake {root} itself: name another --lake, or other inputs")


def _folder(name: str) -> str:
    """The real name of a folder, with its `/`."""
    found = os.path.realpath(local_path(name)) if scheme(name) == "file" else canonical_path(name)
    return found.rstrip("/") + "/"
