"""A model that is named by its place in MLflow's registry: looked up, fetched once into the cache, and verified."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.process.home import home
from decantry.jobs.process.secrets import redacted
from decantry.jobs.setup.cache import digest, model_path
from decantry.jobs.setup.fetch import staging

SCHEME = "models:/"
SHA256_TAG, FILE_TAG = "decantry.sha256", "decantry.file"
"""The tags of a version: the digest and the name of the model's file."""
_SHA256 = re.compile("[0-9a-f]{64}")
_ADDRESS = re.compile(r"models:/(?P<name>[^/@]+)(@(?P<alias>[^/@]+)|/(?P<version>\d+))")


def resolve(model: str, sha256: str | None = None, store: str | None = None) -> tuple[Path, str]:
    """The model's file on this machine, and its sha256.

    `model` is `models:/NAME@ALIAS` or `models:/NAME/VERSION` in MLflow's registry, or what `model_path` takes. `store`
    is the registry's address, by default MLFLOW_REGISTRY_URI or MLFLOW_TRACKING_URI. Where `sha256` is given, only a
    file with that digest is taken: that of the cache, and the registry is not asked; where the cache has none, that of
    the registry, and an alias that has moved on is then an error.
    Raises UserError for an unknown name or alias, a version that is not of decantry, and another digest.
    """
    if not model.startswith(SCHEME):
        path = model_path(model, sha256)
        return path, digest(path)
    found = _ADDRESS.fullmatch(model)
    if found is None:
        raise UserError(f"the model {model} has another form than models:/NAME@ALIAS or models:/NAME/VERSION")
    if sha256 is not None and (kept := _kept(sha256)):
        return kept, sha256
    address = store or os.environ.get("MLFLOW_REGISTRY_URI") or os.environ.get("MLFLOW_TRACKING_URI")
    if not address:
        raise UserError(f"the model {model} is in a registry: name it in MLFLOW_TRACKING_URI")
    client = _client(address)
    version = _version(client, model, **found.groupdict())
    own, file = version.tags.get(SHA256_TAG), version.tags.get(FILE_TAG)
    if not own or not file or not _SHA256.fullmatch(own) or Path(file).name != file:
        raise UserError(f"the model {model} has no tag {SHA256_TAG}: register it with `decantry train --register`")
    if sha256 is not None and own != sha256:
        raise UserError(f"the model {model} is version {version.version} with sha256 {own}, not {sha256}")
    target = home() / "models" / own / file
    if not target.is_file() or digest(target) != own:
        _fetch(address, version.source, file, own, target, model)
    return target, own


def _kept(sha256: str) -> Path | None:
    """The cache's file with that digest."""
    if not _SHA256.fullmatch(sha256):
        return None
    found = sorted((home() / "models" / sha256).glob("*"))
    return next((file for file in found if file.is_file() and digest(file) == sha256), None)


def _version(client: Any, model: str, name: str, alias: str | None, version: str | None) -> Any:
    from mlflow.exceptions import MlflowException

    try:
        return client.get_model_version_by_alias(name, alias) if alias else client.get_model_version(name, version)
    except MlflowException as error:
        if error.error_code in ("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"):
            raise UserError(f"the registry has no {model}: name a model, alias or version that is there") from error
        raise _told(model, error) from error


def _fetch(address: str, source: str, file: str, sha256: str, target: Path, model: str) -> None:
    from mlflow.artifacts import download_artifacts

    with staging(target.parent) as folder:
        try:
            uri = f"{source}/{file}"
            part = Path(
                download_artifacts(artifact_uri=uri, dst_path=str(folder), tracking_uri=address, registry_uri=address)
            )
        except Exception as error:
            raise _told(model, error) from error
        if (found := digest(part)) != sha256:
            raise UserError(
                f"the file of {model} has sha256 {found}, and its version is tagged {sha256}: it was changed"
            )
        if not part.is_relative_to(folder):
            raise InfrastructureError(f"MLflow left the file of {model} at {part}")
        part.replace(target)


def _client(address: str) -> Any:
    import logging
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from mlflow.tracking import MlflowClient
    for name in ("mlflow", "alembic"):
        logging.getLogger(name).setLevel(logging.ERROR)
    return MlflowClient(tracking_uri=address, registry_uri=address)


def _told(model: str, error: Exception) -> InfrastructureError:
    line = redacted((str(error).splitlines() or [type(error).__name__])[0])[:200]
    return InfrastructureError(f"MLflow could not give {model}: {line}")
