"""Where runs are tracked: beside a local lake, at MLFLOW_TRACKING_URI, or nowhere."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from decantry.jobs.lake.address import canonical, is_local
from decantry.jobs.setup.tracking_store import empty_store

EXPERIMENT = "decantry"


@dataclass(frozen=True)
class Place:
    """A tracking server's URI, and where its artifacts go (None: the server decides)."""

    uri: str
    artifacts: str | None


def place(lake: str | None) -> Place | None:
    """MLFLOW_TRACKING_URI if it is set, else a sqlite store beside a local lake, else None."""
    chosen = os.environ.get("MLFLOW_TRACKING_URI")
    if chosen:
        return Place(chosen, None)
    if lake is None:
        return None
    root = canonical(lake)
    if not is_local(root):
        return None
    ops = Path(root) / "ops"
    return Place(f"sqlite:///{ops / 'mlflow.db'}", str(ops / "mlflow"))


def registry(lake: str) -> str | None:
    """The address of the model registry: MLFLOW_REGISTRY_URI, else the tracking server or the lake's own store.

    None if there is none.
    """
    found = place(lake)
    beside = found is not None and found.uri.startswith("sqlite:///")
    if found is None or (beside and not Path(found.uri.removeprefix("sqlite:///")).is_file()):
        return os.environ.get("MLFLOW_REGISTRY_URI")
    return os.environ.get("MLFLOW_REGISTRY_URI") or found.uri


def at_server() -> Place | None:
    """MLFLOW_TRACKING_URI if it is set, else None, for commands without a lake."""
    chosen = os.environ.get("MLFLOW_TRACKING_URI")
    return Place(chosen, None) if chosen else None


def prepare(where: Place) -> None:
    """Create the store if it is missing, as a copy of set-up's empty one, which saves its many migrations."""
    if not where.uri.startswith("sqlite:///"):
        return
    file = Path(where.uri.removeprefix("sqlite:///"))
    file.parent.mkdir(parents=True, exist_ok=True)
    empty = empty_store()
    if not file.exists() and empty.is_file():
        draft = file.with_suffix(f".{os.getpid()}")
        shutil.copyfile(empty, draft)
        draft.replace(file)
