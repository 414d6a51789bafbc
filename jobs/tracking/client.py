"""The calls to MLflow, one function for each event. They run in a separate process, because MLflow imports slowly."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from decantry.jobs.setup import mlflow_client
from decantry.jobs.tracking.place import EXPERIMENT, Place, prepare

MOST_RUNS = 200
"""How many of the newest runs are read."""
_runs: dict[str, str] = {}
"""The MLflow ids of this process's runs, by the tracker's names for them."""


def load() -> None:
    """Import MLflow without output."""
    mlflow_client.load()


@cache
def _client(where: Place) -> Any:
    prepare(where)
    return mlflow_client.client(where.uri)


def ready(where: Place) -> None:
    """Return when MLflow is imported and a local store exists."""
    _client(where)


def open_run(where: Place, name: str, parent: str | None, now: int) -> None:
    """Start a run with this name, nested in its parent's."""
    tags = {"mlflow.parentRunId": _runs[parent]} if parent else {}
    client = _client(where)
    _runs[name] = client.create_run(_experiment(where), start_time=now, run_name=name, tags=tags).info.run_id


def close_run(where: Place, name: str, status: str, now: int) -> None:
    """End a run."""
    _client(where).set_terminated(_runs[name], status=status, end_time=now)


def params(where: Place, run: str, values: Mapping[str, str]) -> None:
    """Log parameters of a run."""
    from mlflow.entities import Param

    _client(where).log_batch(_runs[run], params=[Param(name, value) for name, value in values.items()])


def metrics(where: Place, run: str, values: Mapping[str, float], now: int) -> None:
    """Log figures of a run with their time."""
    from mlflow.entities import Metric

    _client(where).log_batch(_runs[run], metrics=[Metric(name, value, now, 0) for name, value in values.items()])


def text(where: Place, run: str, content: str, file: str) -> None:
    """Log an artifact of a run."""
    _client(where).log_text(_runs[run], content, file)


def table(where: Place, run: str, columns: dict[str, list[Any]], file: str) -> None:
    """Log a table of a run, as JSON that MLflow shows."""
    _client(where).log_table(_runs[run], columns, file)


def dataset(where: Place, run: str, path: str, name: str, version: int | None, context: str) -> None:
    """Log a version of a Delta table as a dataset that a run read or wrote."""
    from mlflow.entities import Dataset, DatasetInput, InputTag

    source = json.dumps({"path": path, "delta_table_version": version})
    entity = Dataset(name=name, digest=f"v{version}", source_type="delta_dataset_source", source=source)
    _client(where).log_inputs(_runs[run], [DatasetInput(entity, [InputTag("mlflow.data.context", context)])])


def runs(where: Place) -> list[dict[str, Any]]:
    """The newest runs that say which of Decantry's runs they are: `name`, `run_id` and `metrics`."""
    return [
        {"name": run.info.run_name, "run_id": run.data.params["run_id"], "metrics": dict(run.data.metrics)}
        for run in _found(where, "")
        if "run_id" in run.data.params
    ]


def keep(where: Place, run_id: str, file: str) -> None:
    """Log the file as an artifact of the curate with Decantry's `run_id`. Does nothing if that run is not tracked."""
    name = run_id.replace("'", "")
    for run in [run for run in _found(where, f"params.run_id = '{name}'") if run.info.run_name == "curate"][:1]:
        _client(where).log_artifact(run.info.run_id, file)


def _found(where: Place, wanted: str) -> list[Any]:
    """The newest runs that the filter wants."""
    experiment = _client(where).get_experiment_by_name(EXPERIMENT)
    if experiment is None:
        return []
    order = ["attributes.start_time DESC"]
    return list(_client(where).search_runs([experiment.experiment_id], wanted, max_results=MOST_RUNS, order_by=order))


def _experiment(where: Place) -> str:
    client = _client(where)
    found = client.get_experiment_by_name(EXPERIMENT)
    if found is not None:
        return str(found.experiment_id)
    return str(client.create_experiment(EXPERIMENT, artifact_location=where.artifacts))
