"""Where a model is on this machine, by its name: a file, or the folder of an export."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from decantry.jobs.process.errors import UserError
from decantry.jobs.process.home import home
from decantry.jobs.setup.cache import digest
from decantry.jobs.setup.registry import SCHEME, resolve

CACHE = "cache:"
"""What begins the name of a model that people put into the cache by hand."""
TRAINED = ("head.json", "model.bin")
"""The files that `decantry train` leaves in its folder."""
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


def located(model: str, sha256: str | None = None, store: str | None = None) -> tuple[Path, str]:
    """The model's file, or its folder if it is an ONNX export, and its sha256.

    `model` is `cache:NAME` (a folder or file of the cache), the path of a folder, or what `resolve` takes. A folder has
    what `decantry train` left there, or an .onnx file with its tokenizer.json; the sha256 of those two is that of their
    digests. Raises UserError where there is none, and where its sha256 is not the one that is given.
    """
    named_elsewhere = "://" in model or model.startswith((SCHEME, "package:"))
    path = cached(model) if model.startswith(CACHE) else Path(model).expanduser()
    if named_elsewhere or not (path.is_dir() or model.startswith(CACHE)):
        return resolve(model, sha256, store)
    if not path.exists():
        raise UserError(f"the model {model} is not in the cache: put it at {path}")
    found, own = _of_folder(path) if path.is_dir() else (path, _digest_of([path]))
    if sha256 is not None and own != sha256:
        raise UserError(f"the model {model} has sha256 {own}, not {sha256}: name the right one")
    return found, own


def cached(model: str) -> Path:
    """Where the cache has the model `cache:NAME`. Raises UserError for a name that is a path."""
    name = model.removeprefix(CACHE)
    if not _NAME.fullmatch(name):
        raise UserError(f"the model {model} has another form than cache:NAME, with letters, digits, -, _ and dots")
    return home() / "models" / name


def export_files(folder: Path) -> list[Path]:
    """The .onnx file and the tokenizer.json of an export; empty where one is missing. Of several, the first by name."""
    found = [min(folder.rglob(name), default=None) for name in ("*.onnx", "*tokenizer.json")]
    return [file for file in found if file is not None] if None not in found else []


def digest_of(files: Sequence[Path]) -> str:
    """One sha256 for several files: of their digests in order."""
    return hashlib.sha256("".join(digest(file) for file in files).encode()).hexdigest()


def _of_folder(folder: Path) -> tuple[Path, str]:
    for name in TRAINED:
        if (folder / name).is_file():
            return folder / name, _digest_of([folder / name])
    files = export_files(folder)
    if not files:
        raise UserError(f"the folder {folder} has no model: no {' or '.join(TRAINED)}, no .onnx with a tokenizer.json")
    return folder, _digest_of(files)


def _digest_of(files: Sequence[Path]) -> str:
    """The digest of one file, or one for several; known again while no file changes."""
    return _kept(tuple((str(file), (told := file.stat()).st_size, told.st_mtime_ns) for file in files))


@lru_cache(maxsize=16)
def _kept(files: tuple[tuple[str, int, int], ...]) -> str:
    paths = [Path(path) for path, _, _ in files]
    return digest(paths[0]) if len(paths) == 1 else digest_of(paths)
