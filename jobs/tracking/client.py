"""The calls to MLflow, one function for each event. They run in a separate process, because MLflow imports slowly."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cache
from typing import Any

from decantry.jobs.setup import mlflow_client
from decantry.jobs.tracking.store import EXPERIMENT, TrackingStore, create_store

MOST_RUNS = 200
"""How many of the newest runs are read."""
_runs: dict[str, str] = {}
"""The MLflow ids of this process's runs, by the tracker's names for them."""


def load() -> None:
    """Import MLflow without output. In this process, requests to it fail after seconds."""
    for name, value in mlflow_client.SOON.items():
        os.environ.setdefault(name, value)
    mlflow_client.load()


@cache
def _client(store: TrackingStore) -> Any:
    load()
    create_store(store)
    return mlflow_client.client(store.uri)


def ready(store: TrackingStore) -> None:
    """Return when MLflow is imported and a local store exists."""
    _client(store)


def open_run(store: TrackingStore, name: str, parent: str | None, now: int) -> None:
    """Start a run with this name, nested in its parent's."""
    tags = {"mlflow.parentRunId": _runs[parent]} if parent else {}
    client = _client(store)
    _runs[name] = client.create_run(_experiment(store), start_time=now, run_name=name, tags=tags).info.run_id


def close_run(store: TrackingStore, name: str, status: str, now: int) -> None:
    """End a run."""
    _client(store).set_terminated(_runs[name], status=status, end_time=now)


def params(store: TrackingStore, run: str, values: Mapping[str, str]) -> None:
    """Log parameters of a run."""
    from mlflow.entities import Param

    _client(store).log_batch(_runs[run], params=[Param(name, value) for name, value in values.items()])


def metrics(store: TrackingStore, run: str, values: Mapping[str, float], now: int) -> None:
    """Log figures of a run with their time."""
    from mlflow.entities import Metric

    _client(store).log_batch(_runs[run], metrics=[Metric(name, value, now, 0) for name, value in values.items()])


def text(store: TrackingStore, run: str, content: str, file: str) -> None:
    """Log an artifact of a run."""
    _client(store).log_text(_runs[run], content, file)


def table(store: TrackingStore, run: str, columns: dict[str, list[Any]], file: str) -> None:
    """Log a table of a run, as JSON that MLflow shows."""
    _client(store).log_table(_runs[run], columns, file)


def dataset(store: TrackingStore, run: str, path: str, name: str, version: int | None, context: str) -> None:
    """Log a version of a Delta table as a dataset that a run read or wrote."""
    from mlflow.entities import Dataset, DatasetInput, InputTag

    source = json.dumps({"path": path, "delta_table_version": version})
    entity = Dataset(name=name, digest=f"v{version}", source_type="delta_dataset_source", source=source)
    _client(store).log_inputs(_runs[run], [DatasetInput(entity, [InputTag("mlflow.data.context", context)])])


def runs(store: TrackingStore) -> list[dict[str, Any]]:
    """The newest runs with a `run_id` of Decantry: `name`, `run_id` and `metrics` of each."""
    return [
        {"name": run.info.run_name, "run_id": run.data.params["run_id"], "metrics": dict(run.data.metrics)}
        for run in _found(store, "")
        if "run_id" in run.data.params
    ]


def keep(store: TrackingStore, run_id: str, file: str) -> None:
    """Log the file as an artifact of the curate with Decantry's `run_id`. Does nothing if that run is not tracked."""
    name = run_id.replace("'", "")
    for run in [run for run in _found(store, f"params.run_id = '{name}'") if run.info.run_name == "curate"][:1]:
        _client(store).log_artifact(run.info.run_id, file)


def _found(store: TrackingStore, wanted: str) -> list[Any]:
    """The newest runs that the filter wants."""
    experiment = _client(store).get_experiment_by_name(EXPERIMENT)
    if experiment is None:
        return []
    order = ["attributes.start_time DESC"]
    return list(_client(store).search_runs([experiment.experiment_id], wanted, max_results=MOST_RUNS, order_by=order))


def _experiment(store: TrackingStore) -> str:
    client = _client(store)
    found = client.get_experiment_by_name(EXPERIMENT)
    if found is not None:
        return str(found.experiment_id)
    return str(client.create_experiment(EXPERIMENT, artifact_location=store.artifacts))
