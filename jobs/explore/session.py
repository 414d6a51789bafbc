"""Opens a lake in a notebook: a Spark session with the native functions and the lake's views, and MLflow's address."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.explore.sql import views
from decantry.jobs.lake.lake import Lake
from decantry.jobs.lake.session import start
from decantry.jobs.lake.usable import require_usable
from decantry.jobs.setup import mlflow_client
from decantry.jobs.tracking.store import EXPERIMENT, tracking_store

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

LOCAL = "sqlite:///"


def session(lake: str) -> SparkSession:
    """A session in which `spark.sql` knows the lake's tables by their names, and the native functions.

    The names are those of `decantry sql`: `documents`, `verdicts`, each corpus, `kept_<recipe>`, `removed_<recipe>`,
    `funnel` and so on. They are temporary views of what is published now, so call this function again after a run. On a
    platform, it returns the running session. If the lake's runs are tracked beside the lake, it sets MLflow's tracking
    URI and experiment. Raises UserError if there is no lake, or if jars are missing.
    """
    opened = open_for_reading(lake)
    views(opened)
    track_beside(lake)
    return opened.spark


def open_for_reading(lake: str) -> Lake:
    """The lake, for functions that take one. It is not written to."""
    require_usable(lake, write=False)
    return Lake(start(lake, app="notebook"), lake, run_id="notebook")


def track_beside(lake: str) -> None:
    """Set MLflow's tracking URI to the store beside a local lake. A server is set by MLFLOW_TRACKING_URI instead.

    MLflow copies the URI into that variable. It is removed there unless you set it, because the next lake has another
    store.
    """
    where = tracking_store(lake)
    if where is None or not where.uri.startswith(LOCAL) or not Path(where.uri.removeprefix(LOCAL)).is_file():
        return
    mlflow_client.load()
    import mlflow

    given = "MLFLOW_TRACKING_URI" in os.environ
    mlflow.set_tracking_uri(where.uri)
    if not given:
        os.environ.pop("MLFLOW_TRACKING_URI", None)
    if mlflow.get_experiment_by_name(EXPERIMENT) is not None:
        mlflow.set_experiment(EXPERIMENT)
