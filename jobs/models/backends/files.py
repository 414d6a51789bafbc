"""The files that a package brings, found without importing it."""

from __future__ import annotations

import hashlib
from importlib import util
from pathlib import Path

from decantry.jobs.process.errors import UserError
from decantry.jobs.setup.cache import digest


def packaged(package: str, extra: str, *inside: str) -> list[Path]:
    """The files of an installed package. Raises UserError with what to install where one is not there."""
    found = util.find_spec(package)
    if found is None or found.origin is None:
        raise UserError(f"the backend {extra} needs the package {package}: pip install 'decantry[{extra}]'")
    files = [Path(found.origin).parent / each for each in inside]
    if missing := [file for file in files if not file.is_file()]:
        raise UserError(f"the package {package} has no {missing[0].name}: pip install 'decantry[{extra}]' brings one")
    return files


def digest_of(files: list[Path]) -> str:
    """One sha256 for several files: of their digests in order."""
    return hashlib.sha256("".join(digest(file) for file in files).encode()).hexdigest()
