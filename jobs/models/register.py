"""Logs a trained classifier to MLflow as a run, and registers it as a version of a model."""

from __future__ import annotations

import json
import os
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from decantry.jobs.models.train import Trained
from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.process.secrets import redacted
from decantry.jobs.setup import mlflow_client
from decantry.jobs.setup.registry import FILE_TAG, SHA256_TAG
from decantry.jobs.tracking.store import EXPERIMENT, TrackingStore, create_store

FOLDER = "model"
"""The folder of the run's artifacts that a version of the model refers to."""
_NAME = re.compile(r"[A-Za-z0-9_-]{1,100}")
_ALIAS = re.compile(r"(?!v\d+$)[A-Za-z][A-Za-z0-9_-]{0,99}")


def require_names(name: str | None, alias: str | None) -> None:
    """Raise UserError for a name or alias that MLflow does not accept, and for an alias without a name."""
    if alias is not None and name is None:
        raise UserError("--alias needs --register NAME, because only registered models have aliases")
    if name is not None and not _NAME.fullmatch(name):
        raise UserError(f"--register is {name}: use letters, digits, - and _")
    if alias is not None and (not _ALIAS.fullmatch(alias) or alias == "latest"):
        raise UserError(
            f"--alias is {alias}: use letters, digits, - and _, with a letter first, but not `latest` or v1"
        )


def log(where: TrackingStore, made: Trained) -> str:
    """Log the parameters, metrics and files of `made` as a run, and return its id. Raises InfrastructureError."""
    try:
        return _log(_client(where), where, made)
    except Exception as error:
        raise _failed(error) from error


def register(where: TrackingStore, made: Trained, run: str, name: str, alias: str | None) -> str:
    """Register a new version of the model `name`, move `alias` to it, and return its number.

    The version is tagged with the file's name and sha256. Raises InfrastructureError if MLflow fails.
    """
    try:
        return _register(_client(where), made, run, name, alias)
    except Exception as error:
        raise _failed(error) from error


def _log(client: Any, where: TrackingStore, made: Trained) -> str:
    from mlflow.entities import Metric, Param

    figures = made.figures()
    with mlflow_client.given_up_soon():
        experiment = _experiment(client, where)
    run = client.create_run(experiment, run_name=f"train {made.kind}", tags={SHA256_TAG: made.sha256})
    numbers = {name: float(value) for name, value in figures.items() if isinstance(value, int | float)}
    params = {**made.settings, "kind": made.kind, "origins": json.dumps([asdict(each) for each in made.origins])}
    client.log_batch(
        run.info.run_id,
        metrics=[Metric(name, value, run.info.start_time, 0) for name, value in numbers.items()],
        params=[Param(re.sub(r"[^\w./ -]", "_", name), value[:500]) for name, value in params.items()],
    )
    _log_files(client, run.info.run_id, made)
    client.log_text(run.info.run_id, _mlmodel(run.info.run_id, made), f"{FOLDER}/MLmodel")
    example = {"text": "The first words of a page.\n"}
    client.log_text(run.info.run_id, json.dumps(example) + "\n", f"{FOLDER}/input_example.json")
    client.set_terminated(run.info.run_id)
    return str(run.info.run_id)


def _log_files(client: Any, run: str, made: Trained) -> None:
    for file in made.files:
        client.log_artifact(run, str(made.folder / file), FOLDER)


def _register(client: Any, made: Trained, run: str, name: str, alias: str | None) -> str:
    from mlflow.exceptions import MlflowException

    try:
        client.create_registered_model(name)
    except MlflowException as error:
        if error.error_code != "RESOURCE_ALREADY_EXISTS":
            raise
    source = f"{client.get_run(run).info.artifact_uri}/{FOLDER}"
    tags = {SHA256_TAG: made.sha256, FILE_TAG: made.file}
    card = (made.folder / "card.md").read_text(encoding="utf-8")
    version = client.create_model_version(name, source, run_id=run, tags=tags, description=card[:5000])
    if alias is not None:
        client.set_registered_model_alias(name, alias, version.version)
    return str(version.version)


def _mlmodel(run: str, made: Trained) -> str:
    """MLflow's description of the model: its input, its output and its file. It has no Python flavour."""
    gives = "score" if made.result.scored else "probability"
    content = {
        "artifact_path": FOLDER,
        "run_id": run,
        "flavors": {"decantry": {"kind": made.kind, "file": made.file, "sha256": made.sha256}},
        "signature": {
            "inputs": json.dumps([{"type": "string", "name": "text", "required": True}]),
            "outputs": json.dumps([{"type": "double", "name": gives, "required": True}]),
        },
        "saved_input_example_info": {"artifact_path": "input_example.json", "type": "json_object"},
    }
    return json.dumps(content, indent=1) + "\n"  # JSON is YAML


def _experiment(client: Any, where: TrackingStore) -> str:
    found = client.get_experiment_by_name(EXPERIMENT)
    if found is not None:
        return str(found.experiment_id)
    return str(client.create_experiment(EXPERIMENT, artifact_location=where.artifacts))


def _client(where: TrackingStore) -> Any:
    create_store(where)
    if where.artifacts is not None:
        Path(where.artifacts).mkdir(parents=True, exist_ok=True)
    return mlflow_client.client(where.uri, os.environ.get("MLFLOW_REGISTRY_URI"))


def _failed(error: Exception) -> InfrastructureError:
    line = redacted((str(error).splitlines() or [type(error).__name__])[0])[:200]
    return InfrastructureError(f"MLflow failed, but the model was written: {line}; check MLFLOW_TRACKING_URI")
