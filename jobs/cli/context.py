"""What a command that works on a lake starts with: the lake looked at, Java looked at, a session, a run id."""

from __future__ import annotations

import secrets
from datetime import datetime, timezone
from importlib import metadata

from decantry.jobs.lake import Lake, require_usable


def new_run_id() -> str:
    """A name for a run: when it began, in UTC, and six random digits."""
    return f"{datetime.now(timezone.utc):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def code_version() -> str:
    """The version of the installed package."""
    try:
        return metadata.version("decantry")
    except metadata.PackageNotFoundError:
        return "checkout"


def open_lake(uri: str, *, write: bool, there: bool = False, run_id: str | None = None) -> Lake:
    """The lake in a started session; one to write to may be new, unless it must be `there`.

    Raises UserError before Spark starts where the lake cannot serve.
    """
    if there or not write:
        require_usable(uri, write=False)
    if write:
        require_usable(uri, write=True)
    from decantry.jobs.java import check_java
    from decantry.jobs.session import start

    check_java()
    return Lake(start(uri), uri, run_id or new_run_id(), {"code": code_version()})
