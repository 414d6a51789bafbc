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
class TrackingStore:
    """The URI of a tracking server or of a database, and where its artifacts go (None: the server decides)."""

    uri: str
    artifacts: str | None


def tracking_store(lake: str | None) -> TrackingStore | None:
    """MLFLOW_TRACKING_URI if it is set, else a sqlite store beside a local lake, else None."""
    chosen = os.environ.get("MLFLOW_TRACKING_URI")
    if chosen:
        return TrackingStore(chosen, None)
    if lake is None:
        return None
    root = canonical(lake)
    if not is_local(root):
        return None
    ops = Path(root) / "ops"
    return TrackingStore(f"sqlite:///{ops / 'mlflow.db'}", str(ops / "mlflow"))


def registry_uri(lake: str) -> str | None:
    """The address of the model registry: MLFLOW_REGISTRY_URI, else the tracking server or the lake's own store.

    None if there is none.
    """
    found = tracking_store(lake)
    beside = found is not None and found.uri.startswith("sqlite:///")
    if found is None or (beside and not Path(found.uri.removeprefix("sqlite:///")).is_file()):
        return os.environ.get("MLFLOW_REGISTRY_URI")
    return os.environ.get("MLFLOW_REGISTRY_URI") or found.uri


def server_store() -> TrackingStore | None:
    """MLFLOW_TRACKING_URI if it is set, else None, for commands without a lake."""
    chosen = os.environ.get("MLFLOW_TRACKING_URI")
    return TrackingStore(chosen, None) if chosen else None


def create_store(store: TrackingStore) -> None:
    """Create a local store if it is missing, as a copy of set-up's empty store. This saves MLflow's many migrations."""
    if not store.uri.startswith("sqlite:///"):
        return
    file = Path(store.uri.removeprefix("sqlite:///"))
    file.parent.mkdir(parents=True, exist_ok=True)
    empty = empty_store()
    if not file.exists() and empty.is_file():
        draft = file.with_suffix(f".{os.getpid()}")
        shutil.copyfile(empty, draft)
        draft.replace(file)
