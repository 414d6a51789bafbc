"""MLflow's client, and how soon it gives up: by itself it repeats a request to a dead server for four minutes."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

SOON = {"MLFLOW_HTTP_REQUEST_TIMEOUT": "10", "MLFLOW_HTTP_REQUEST_MAX_RETRIES": "2"}
"""Seconds to wait for an answer, and how often to ask again. Too few for a file, whose first byte may take longer."""


def load() -> None:
    """Import MLflow without output. It then loads no model that is a pickle, because a pickle can run any code."""
    os.environ["MLFLOW_ALLOW_PICKLE_DESERIALIZATION"] = "false"
    os.environ.setdefault("MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR", "false")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import mlflow.tracking  # noqa: F401
    for name in ("mlflow", "alembic"):
        logging.getLogger(name).setLevel(logging.ERROR)


@contextmanager
def given_up_soon() -> Iterator[None]:
    """Requests in the block fail after seconds, unless the environment says otherwise. It is restored at the end."""
    new = [name for name in SOON if name not in os.environ]
    os.environ.update({name: SOON[name] for name in new})
    try:
        yield
    finally:
        for name in new:
            os.environ.pop(name, None)


def client(uri: str, registry: str | None = None) -> Any:
    """A client of the tracking server at `uri`, and of the registry at `registry` (`uri` if None)."""
    load()
    from mlflow.tracking import MlflowClient

    return MlflowClient(tracking_uri=uri, registry_uri=registry or uri)
