"""What a command that works on a lake needs first: a lake in a started session, and the context of its jobs."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
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
from decantry.jobs.run.context import Context
from decantry.jobs.sources.names import local_path, scheme
from decantry.jobs.tracking.place import place
from decantry.jobs.tracking.tracker import Tracker

if TYPE_CHECKING:
    from decantry.jobs.process.progress import Progress
    from decantry.jobs.sources.source import Source

BRIEF_BYTES = 128 << 20
"""With fewer bytes, Java's second compiler costs more than it gains. That is some 5,000 pages of archives. At
some 24,000 pages cost and gain are even (docs/benchmarks.md)."""


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
    """The lake, in a started session. With `write` the lake may be new, unless it must be `there`.

    `sources` are the inputs that will be read into it. With `lasting`, the session is set up for long work, however
    small the lake is. With `record`, it records its Java classes for later sessions. Raises UserError, before Spark
    starts, if the lake cannot be used.
    """
    if there or not write:
        require_usable(uri, write=False)
    if write:
        require_usable(uri, write=True)

    check_java()
    session = start(uri, brief=not lasting and is_brief(uri, sources), record=record)
    return Lake(session, uri, new_run_id(), {"code": code_version()})


@contextmanager
def tracked(lake: Lake, command: str, progress: Progress) -> Iterator[Context]:
    """The context of a command. While the block runs, progress is shown, and jobs are tracked as part of `command`."""
    with progress.watching(lake.spark), Tracker(place(lake.uri), command, progress.tell) as tracker:
        yield Context(lake, progress, tracker)


def is_brief(lake: str, sources: Sequence[Source] = ()) -> bool:
    """Whether lake and sources are local and smaller than BRIEF_BYTES together."""
    root = canonical(lake)
    if not is_local(root) or any(scheme(source.uri) != "file" for source in sources):
        return False
    walks = (os.walk(Path(root, layer)) for layer in LAYERS)  # walks ignore files that are removed meanwhile
    tables = (Path(folder, name) for walk in walks for folder, _, names in walk for name in names)
    files = chain((local_path(source.uri) for source in sources), tables)
    return all(total < BRIEF_BYTES for total in accumulate(map(_size, files)))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except (OSError, ValueError):  # removed meanwhile, or no file name: the reader reports it
        return 0
