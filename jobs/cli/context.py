"""Opens a lake for a command: checks the lake and Java, and starts a session with a run id."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from itertools import accumulate, chain
from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.checks.validate import start_library
from decantry.jobs.cli.version import code_version
from decantry.jobs.lake.address import LAYERS, canonical, is_local
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.session import start
from decantry.jobs.lake.usable import require_usable
from decantry.jobs.process.java import check_java
from decantry.jobs.run.context import Context
from decantry.jobs.sources.names import local_path, scheme
from decantry.jobs.tracking.store import tracking_store
from decantry.jobs.tracking.tracker import Tracker, mlflow_process

if TYPE_CHECKING:
    from decantry.jobs.process.progress import Progress
    from decantry.jobs.sources.source import Source

BRIEF_BYTES = 128 << 20
"""Below this size, in bytes, Java's second compiler costs more time than it saves. It is the size of some 5,000 pages
of archives. The compiler breaks even at some 24,000 pages (docs/benchmarks.md)."""
QUERY_BYTES = 1 << 30
"""The same for `explain` and `sample`, which show few documents. A statement of `sql` may read all of them."""


def new_run_id() -> str:
    """A new run id: the time in UTC, and six random hexadecimal digits."""
    return f"{datetime.now(timezone.utc):%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def open_lake(
    uri: str,
    *,
    write: bool,
    must_exist: bool = False,
    sources: Sequence[Source] = (),
    lasting: bool = False,
    query: bool = False,
    record: bool = False,
    checked: bool = False,
) -> Lake:
    """The lake, in a started session. With `write`, a missing lake is created, unless `must_exist`.

    `sources` are the inputs that will be read into it. With `lasting`, the session is set up for long work, even if the
    lake is small; with `query`, for brief work, unless the lake is large. With `record`, it records its Java classes
    for later sessions. With `checked`, the processes for checks and tracking start first, and import their libraries
    while Spark starts. Raises UserError, before Spark starts, if the lake cannot be used.
    """
    if must_exist or not write:
        require_usable(uri, write=False)
    if write:
        require_usable(uri, write=True)

    check_java()
    if checked:
        start_library()
        if tracking_store(uri) is not None:
            mlflow_process()
    most = QUERY_BYTES if query else BRIEF_BYTES
    session = start(uri, brief=not lasting and is_brief(uri, sources, most), record=record)
    return Lake(session, uri, new_run_id(), {"code": code_version()})


@contextmanager
def tracked(lake: Lake, command: str, progress: Progress) -> Iterator[Context]:
    """The context of a command. While the block runs, progress is shown, and jobs are tracked as part of `command`."""
    tracker = Tracker(tracking_store(lake.uri), command, progress.tell, progress.warn)
    with progress.watching(lake.spark), tracker:
        yield Context(lake, progress, tracker)


def is_brief(lake: str, sources: Sequence[Source] = (), most: int = BRIEF_BYTES) -> bool:
    """Whether the lake and the sources are local, and together smaller than `most` bytes."""
    root = canonical(lake)
    if not is_local(root) or any(scheme(source.uri) != "file" for source in sources):
        return False
    walks = (os.walk(Path(root, layer)) for layer in LAYERS)  # os.walk ignores folders that are removed meanwhile
    tables = (Path(folder, name) for walk in walks for folder, _, names in walk for name in names)
    files = chain((local_path(source.uri) for source in sources), tables)
    return all(total < most for total in accumulate(map(_size, files)))


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except (OSError, ValueError):  # removed meanwhile, or no file name: the reader reports it
        return 0
