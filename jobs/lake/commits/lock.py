"""Lock files of a local lake, which stop a second run early. They guarantee nothing."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.lake.address import is_local
from decantry.jobs.process.errors import InfrastructureError

if TYPE_CHECKING:
    from decantry.jobs.lake.lake import Lake

FOLDER = "_locks"
"""The folder of a lake that holds the lock files."""


@contextmanager
def locked(lake: Lake, works: Sequence[str], *, wait: bool = False) -> Iterator[None]:
    """Hold the locks for these works, such as `curate fineweb`, while the block runs. Does nothing on S3.

    The kernel frees them when the process ends, however it ends. If another run holds one, this raises
    InfrastructureError, or waits with `wait`.
    """
    if not is_local(lake.root):
        yield
        return
    from filelock import FileLock, Timeout

    with ExitStack() as held:
        for work in sorted({*works}):
            path = Path(lake.root, FOLDER, f"{_file_name(work)}.lock")
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                held.enter_context(FileLock(path, timeout=-1 if wait else 0))
            except Timeout:
                raise InfrastructureError(
                    f"another run on {lake.uri} is at work: {work} (it holds {path}); run again when it has ended"
                ) from None
            except OSError as error:
                raise InfrastructureError(
                    f"the lock {path} cannot be taken: {error.strerror}; remove what is in its place"
                ) from None
        yield


def _file_name(work: str) -> str:
    """A file name for the work; its sha256 if it is long or has characters that file names should not have."""
    name = work.replace(" ", "-")
    plain = re.fullmatch(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}", name)
    return name if plain else hashlib.sha256(work.encode("utf-8", "surrogatepass")).hexdigest()
