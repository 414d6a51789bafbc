"""Finds a named model on this machine: a file, or the folder of an export.

One that is named by its place in MLflow's registry is looked up, fetched once into the cache, and verified.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.process.home import home
from decantry.jobs.process.secrets import redacted
from decantry.jobs.setup import mlflow_client
from decantry.jobs.setup.cache import model_path
from decantry.jobs.setup.cached import CACHE, cached
from decantry.jobs.setup.digest import digest, digest_of, export_files
from decantry.jobs.setup.fetch import staging

SCHEME = "models:/"
SQLITE = "sqlite:///"
SHA256_TAG, FILE_TAG = "decantry.sha256", "decantry.file"
"""The tags of a version: the digest and the name of the model's file."""
TRAINED = ("head.json", "model.bin")
"""The files that `decantry train` leaves in its folder."""
_SHA256 = re.compile("[0-9a-f]{64}")
_ADDRESS = re.compile(r"models:/(?P<name>[^/@]+)(@(?P<alias>[^/@]+)|/(?P<version>\d+))")


def located(model: str, sha256: str | None = None, store: str | None = None) -> tuple[Path, str]:
    """The model's file, or its folder if it is an ONNX export, and its sha256.

    `model` is `cache:NAME` (a folder or file of the cache), the path of a folder, or what `resolve` takes. A folder has
    the files of `decantry train`, or an .onnx file with its tokenizer.json; the sha256 of an export is that of its
    files' digests. Raises UserError if there is no model, or if it has another sha256 than the given one.
    """
    named_elsewhere = "://" in model or model.startswith((SCHEME, "package:"))
    path = cached(model) if model.startswith(CACHE) else Path(model).expanduser()
    if named_elsewhere or not (path.is_dir() or model.startswith(CACHE)):
        return resolve(model, sha256, store)
    if not path.exists():
        raise UserError(
            f"the model {model} is not in the cache: put it at {path}, or `decantry train` one there with --to"
        )
    found, own = _of_folder(path) if path.is_dir() else (path, digest(path))
    if sha256 is not None and own != sha256:
        raise UserError(f"the model {model} has sha256 {own}, not {sha256}: name the right one")
    return found, own


def resolve(model: str, sha256: str | None = None, store: str | None = None) -> tuple[Path, str]:
    """The model's file on this machine, and its sha256.

    `model` is `models:/NAME@ALIAS` or `models:/NAME/VERSION` in MLflow's registry, or what `model_path` takes. `store`
    is the registry's address, by default MLFLOW_REGISTRY_URI or MLFLOW_TRACKING_URI. If the cache has a file with the
    given `sha256`, the registry is not asked. Raises UserError for an unknown name or alias, for a version that
    decantry did not register, and if the registry's file has another sha256, for example because the alias was moved.
    """
    if not model.startswith(SCHEME):
        path = model_path(model, sha256)
        return path, digest(path)
    found = _ADDRESS.fullmatch(model)
    if found is None:
        raise UserError(f"the model {model} is not of the form models:/NAME@ALIAS or models:/NAME/VERSION")
    if sha256 is not None and (kept := _kept(sha256)):
        return kept, sha256
    address = store or os.environ.get("MLFLOW_REGISTRY_URI") or os.environ.get("MLFLOW_TRACKING_URI")
    if not address:
        raise UserError(f"the model {model} is in a registry: name it in MLFLOW_TRACKING_URI")
    require_there(address)
    with mlflow_client.given_up_soon():
        version = _version(mlflow_client.client(address), model, **found.groupdict())
    own, file = version.tags.get(SHA256_TAG), version.tags.get(FILE_TAG)
    if not own or not file or not _SHA256.fullmatch(own) or Path(file).name != file or file == "..":
        raise UserError(f"the model {model} has no tag {SHA256_TAG}: register it with `decantry train --register`")
    if sha256 is not None and own != sha256:
        raise UserError(f"the model {model} is version {version.version} with sha256 {own}, not {sha256}")
    target = home() / "models" / own / file
    if not target.is_file() or digest(target) != own:
        _fetch(address, version.source, file, own, target, model)
    return target, own


def require_there(address: str) -> None:
    """Raise UserError if the registry is a missing sqlite file, which MLflow would create."""
    if address.startswith(SQLITE) and not Path(address.removeprefix(SQLITE).partition("?")[0]).is_file():
        raise UserError(f"there is no model registry at {address}: name another one in MLFLOW_TRACKING_URI")


def _of_folder(folder: Path) -> tuple[Path, str]:
    for name in TRAINED:
        if (folder / name).is_file():
            return folder / name, digest(folder / name)
    files = export_files(folder)
    if not files:
        raise UserError(f"the folder {folder} has no model: no {' or '.join(TRAINED)}, no .onnx with a tokenizer.json")
    return folder, digest_of(files)


def _kept(sha256: str) -> Path | None:
    """The cache's file with that digest."""
    if not _SHA256.fullmatch(sha256):
        return None
    found = sorted((home() / "models" / sha256).glob("*"))
    return next((file for file in found if file.is_file() and digest(file) == sha256), None)


def _version(registry: Any, model: str, name: str, alias: str | None, version: str | None) -> Any:
    from mlflow.exceptions import MlflowException

    try:
        return registry.get_model_version_by_alias(name, alias) if alias else registry.get_model_version(name, version)
    except MlflowException as error:
        if error.error_code in ("RESOURCE_DOES_NOT_EXIST", "INVALID_PARAMETER_VALUE"):
            raise UserError(f"the registry has no {model}: name a model, alias or version that is there") from error
        raise _failed(model, error) from error


def _fetch(address: str, source: str, file: str, sha256: str, target: Path, model: str) -> None:
    from mlflow.artifacts import download_artifacts

    with staging(target.parent) as folder:
        try:
            uri = f"{source}/{file}"
            part = Path(
                download_artifacts(artifact_uri=uri, dst_path=str(folder), tracking_uri=address, registry_uri=address)
            )
        except Exception as error:
            raise _failed(model, error) from error
        if (found := digest(part)) != sha256:
            raise UserError(
                f"the file of {model} has sha256 {found}, and its version is tagged {sha256}: it was changed"
            )
        if not part.is_relative_to(folder):
            raise InfrastructureError(f"MLflow left the file of {model} at {part}")
        part.replace(target)


def _failed(model: str, error: Exception) -> InfrastructureError:
    line = redacted((str(error).splitlines() or [type(error).__name__])[0])[:200]
    return InfrastructureError(f"MLflow could not give {model}: {line}")
