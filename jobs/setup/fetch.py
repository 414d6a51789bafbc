"""Fetches one file over https://, http:// or s3:// into the cache, completely or not at all."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from decantry.jobs.process.address import public
from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.sources.source import open_at

_CHUNK = 1 << 20


def fetch(uri: str, target: Path, sha256: str) -> None:
    """Write the bytes at `uri` to `target`. Raises UserError if their sha256 is not `sha256`."""
    with staging(target.parent) as folder:
        part = folder / "part"
        try:
            _download(uri, part)
        except UserError:
            raise
        except Exception as error:
            raise InfrastructureError(f"cannot fetch {public(uri)}: {public(str(error))}") from error
        found = hashlib.sha256(part.read_bytes()).hexdigest()
        if found != sha256:
            raise UserError(f"{public(uri)} has sha256 {found}, not {sha256}: name the right digest")
        part.replace(target)


@contextmanager
def staging(parent: Path) -> Iterator[Path]:
    """A private folder on the same disk as `parent`, removed at the end. Move finished files out of it."""
    try:
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=".staging-", dir=parent))
    except OSError as error:
        raise InfrastructureError(f"cannot write to the cache {parent}: {error.strerror}; set DECANTRY_HOME") from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _download(uri: str, target: Path) -> None:
    scheme = uri.partition("://")[0]
    if scheme not in ("https", "http", "s3"):
        raise UserError(f"cannot fetch {public(uri)}: only https://, http:// and s3:// are known")

    with open_at(uri) as source, target.open("wb") as stream:
        shutil.copyfileobj(source, stream, _CHUNK)
