"""What a command that works on a lake starts with: the lake looked at, Java looked at, a session, a run id."""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from datetime import datetime, timezone
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.cli.version import code_version
from decantry.jobs.lake.address import LAYERS, canonical, is_local
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.session import start
from decantry.jobs.lake.usable import require_usable
from decantry.jobs.process.java import check_java
from decantry.jobs.sources.names import local_path, scheme

if TYPE_CHECKING:
    from decantry.jobs.sources.source import Source

BRIEF_BYTES = 128 << 20
"""Work on fewer bytes is over before Java's second compiler has earned what it takes: of archives that is some 5,000
pages; over some 24,000 it is even (docs/benchmarks.md)."""


def new_run_id() -> str:
    """A name for a run: when it began, in UTC, and six random digits."""
    return f"{datetime.now(timezone.utc):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def open_lake(
    uri: str,
    *,
    write: bool,
    there: bool = False,
    sources: Sequence[Source] = (),
    lasting: bool = False,
    record: bool = False,
) -> Lake:
    """The lake in a started session; one to write to may be new, unless it must be `there`.

    `sources` are what will be read into it; a session may be `lasting`, whatever there is; one that does all that a
    lake is for may `record` its classes. Raises UserError before Spark starts where the lake cannot serve.
    """
    if there or not write:
        require_usable(uri, write=False)
    if write:
        require_usable(uri, write=True)

    check_java()
    session = start(uri, brief=not lasting and is_brief(uri, sources), record=record)
    return Lake(session, uri, new_run_id(), {"code": code_version()})


def is_brief(lake: str, sources: Sequence[Source] = ()) -> bool:
    """Whether there is little to work on, as far as can be told at once: of a lake or a file elsewhere it cannot."""
    root = canonical(lake)
    if not is_local(root) or any(scheme(source.uri) != "file" for source in sources):
        return False
    walks = (os.walk(Path(root, layer)) for layer in LAYERS)  # which pass over what goes meanwhile
    tables = (Path(folder, name) for walk in walks for folder, _, names in walk for name in names)
    files = chain((local_path(source.uri) for source in sources), tables)
    return all(total < BRIEF_BYTES for total in accumulate(map(_size, files)))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except (OSError, ValueError):  # it has gone meanwhile, or is no name of a file: told where it is read
        return 0
