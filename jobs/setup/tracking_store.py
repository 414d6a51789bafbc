"""An empty tracking store, kept in the cache because its migrations take seconds."""

from __future__ import annotations

import os
from importlib import metadata
from pathlib import Path

from decantry.jobs.process.home import home
from decantry.jobs.setup import mlflow_client


def empty_store() -> Path:
    """The path of the empty store for the installed MLflow."""
    return home() / "mlflow" / f"empty-{metadata.version('mlflow-skinny')}.db"


def make_empty_store() -> Path:
    """Create the empty store if it is missing, and return its path."""
    target = empty_store()
    if target.is_file():
        return target
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_suffix(f".{os.getpid()}")
    mlflow_client.client(f"sqlite:///{draft}").search_experiments(max_results=1)
    draft.replace(target)
    return target
