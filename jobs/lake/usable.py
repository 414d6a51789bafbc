"""Checks of a lake before Spark starts: it exists, it answers, it can be written."""

from __future__ import annotations

import os
from pathlib import Path

from decantry.jobs.lake.address import LAYERS, OWN_CATALOG, canonical, is_catalog, is_local
from decantry.jobs.lake.commits.local_log import require_whole
from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.process.platform import on_platform
from decantry.jobs.store.errors import SourceError, Unavailable
from decantry.jobs.store.retries import retried
from decantry.jobs.store.s3_store import s3_any, s3_folders


def require_usable(uri: str, *, write: bool) -> None:
    """Raise UserError if the lake is a file, is missing (to read) or is read-only (to write). Does not start Spark."""
    root = canonical(uri)
    if root.startswith("s3a://"):
        require_reachable(root, write=write)
    if is_catalog(root) and not (on_platform() or root.startswith(f"{OWN_CATALOG}.")):
        raise UserError(
            f"the lake {uri} is in Unity Catalog, which this machine does not have: for a folder, write ./{uri}"
        )
    if not is_local(root):
        return
    folder = Path(root)
    try:
        folder.exists()
    except OSError as error:  # for example, the name is too long
        raise UserError(f"the lake {root[:200]} cannot be read: {error.strerror}") from None
    if folder.exists() and not folder.is_dir():
        raise UserError(f"the lake {folder} is a file: name a folder")
    for layer in LAYERS:
        for log in sorted(folder.glob(f"{layer}/*/_delta_log")):
            require_whole(log.parent)
    if not write:
        if not (folder / "ops").is_dir() and not (folder / "silver").is_dir():
            raise UserError(
                f"there is no lake at {folder}: make one with `decantry run RECIPE --input ... --lake {uri}`"
            )
        return
    nearest = next(each for each in (folder, *folder.parents) if each.exists())
    if not os.access(nearest, os.W_OK | os.X_OK) or os.statvfs(nearest).f_flag & os.ST_RDONLY:
        raise UserError(f"the lake {folder} is not writable: change its permissions or name another folder")


def require_reachable(root: str, *, write: bool) -> None:
    """Raise UserError if the lake's bucket does not exist, may not be listed, or has no lake (to read).

    Raises InfrastructureError if the store does not answer. Does not start Spark.
    """
    uri = "s3://" + root.split("://", 1)[1].rstrip("/") + "/"
    try:
        retried(uri, lambda: s3_any(uri))
        layers = set() if write else set(retried(uri, lambda: s3_folders(uri)))
    except Unavailable as error:
        raise InfrastructureError(f"cannot use the lake {error}") from None
    except SourceError as error:
        raise UserError(f"cannot use the lake {error}") from None
    if not write and not layers & {"ops", "silver"}:
        raise UserError(f"there is no lake at {uri}: make one with `decantry run RECIPE --input ... --lake {uri}`")
