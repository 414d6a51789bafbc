"""MLflow's client, which gives up after seconds: by itself it repeats a request to a dead server for four minutes."""

from __future__ import annotations

import logging
import os
import warnings
from typing import Any


def load() -> None:
    """Import MLflow without output."""
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_TIMEOUT", "10")
    os.environ.setdefault("MLFLOW_HTTP_REQUEST_MAX_RETRIES", "2")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import mlflow.tracking  # noqa: F401
    for name in ("mlflow", "alembic"):
        logging.getLogger(name).setLevel(logging.ERROR)


def client(uri: str, registry: str | None = None) -> Any:
    """A client of the tracking server at `uri`, and of the registry at `registry` (`uri` if None)."""
    load()
    from mlflow.tracking import MlflowClient

    return MlflowClient(tracking_uri=uri, registry_uri=registry or uri)
