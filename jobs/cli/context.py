"""What a command that works on a lake starts with: the lake looked at, Java looked at, a session, a run id."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timezone
from importlib import metadata

from decantry.jobs.lake import Lake, require_usable
from decantry.jobs.sources.source import Source, local_path, scheme

BRIEF_BYTES = 256 << 20
"""A run over local files of fewer bytes is over before Java's second compiler has earned what it takes: some 10,000
pages; at some 24,000 it is even (docs/benchmarks.md)."""


def new_run_id() -> str:
    """A name for a run: when it began, in UTC, and six random digits."""
    return f"{datetime.now(timezone.utc):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def code_version() -> str:
    """The version of the installed package."""
    try:
        return metadata.version("decantry")
    except metadata.PackageNotFoundError:
        return "checkout"


def is_brief(sources: Sequence[Source]) -> bool:
    """Whether reading the sources is little work, as far as can be told at once: of files elsewhere it cannot."""
    if any(scheme(source.uri) != "file" for source in sources):
        return False
    files = [path for source in sources if (path := local_path(source.uri)).is_file()]
    return sum(path.stat().st_size for path in files) < BRIEF_BYTES


def open_lake(uri: str, *, write: bool, there: bool = False, run_id: str | None = None, brief: bool = False) -> Lake:
    """The lake in a started session, for `brief` work or any; one to write to may be new, unless it must be `there`.

    Raises UserError before Spark starts where the lake cannot serve.
    """
    if there or not write:
        require_usable(uri, write=False)
    if write:
        require_usable(uri, write=True)
    from decantry.jobs.java import check_java
    from decantry.jobs.session import start

    check_java()
    return Lake(start(uri, brief=brief), uri, run_id or new_run_id(), {"code": code_version()})
