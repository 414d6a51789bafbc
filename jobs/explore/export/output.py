"""Checks --output before Spark starts."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from decantry.jobs.explore.export.place import MANIFEST
from decantry.jobs.process.address import public
from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.store.errors import SourceError, Unavailable
from decantry.jobs.store.retries import retried
from decantry.jobs.store.s3_store import s3_any

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):/")
_S3 = re.compile(r"s3a?://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.+")
_UNSHOWN = ("Cc", "Cs", "Zl", "Zp")


def output_of(uri: str) -> str:
    """The target of the export: an absolute path, or `s3://BUCKET/PREFIX`.

    Raises UserError if the target cannot be written or is not empty, and InfrastructureError if S3 does not answer.
    """
    if not uri.strip() or any(unicodedata.category(character) in _UNSHOWN for character in uri):
        raise UserError(f"--output is {uri[:200]!r}: name a folder, or s3a://BUCKET/PATH")
    match = _SCHEME.match(uri)
    if match is None or match[1].lower() == "file":
        return _folder(uri if match is None else "/" + uri[len("file:") :].lstrip("/"))
    if _S3.fullmatch(uri.rstrip("/")) is None:
        raise UserError(f"--output is {public(uri)[:200]}: name a folder, or s3a://BUCKET/PATH")
    return _prefix("s3://" + uri.rstrip("/").split("://", 1)[1])


def _folder(path: str) -> str:
    folder = Path(os.path.normpath(Path(path).expanduser().absolute()))
    try:
        if folder.is_dir():
            if any(folder.iterdir()):
                raise UserError(f"--output is {folder}, which is not empty: name a new folder")
        elif os.path.lexists(folder):
            raise UserError(f"--output is {folder}, which is a file: name a folder")
        nearest = next(place for place in folder.parents if place.exists())
        if not nearest.is_dir() or not os.access(nearest, os.W_OK | os.X_OK):
            raise UserError(f"--output is {folder}, but you cannot write to {nearest}: name another folder")
    except OSError as error:  # for example, the name is too long
        raise UserError(f"--output is {str(folder)[:200]}, which cannot be used: {error.strerror}") from None
    return str(folder)


def _prefix(uri: str) -> str:
    try:
        there = retried(uri, lambda: s3_any(f"{uri}/"))
        whole = there and retried(uri, lambda: s3_any(f"{uri}/{MANIFEST}"))
    except Unavailable as error:
        raise InfrastructureError(f"cannot use --output {error}") from None
    except SourceError as error:
        raise UserError(f"cannot use --output {error}") from None
    if there and not whole:
        raise UserError(f"--output is {uri}, which has objects but no {MANIFEST}: remove them, or name another prefix")
    if there:
        raise UserError(f"--output is {uri}, which is not empty: name another prefix")
    return uri
