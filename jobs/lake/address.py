"""Where a lake may lie, told by its address alone: a folder, a place on S3, or one in a catalogue."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from decantry.jobs.lake.commits.local_log import require_whole
from decantry.jobs.lake.s3a import require_reachable
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.platform import on_platform

_CATALOG = re.compile(r"[A-Za-z_]\w*\.[A-Za-z_]\w*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:/")
_SCHEMES = ("s3a://", "file:/")
LAYERS = ("ops", "bronze", "silver", "gold")
"""The folders, or schemas, that a lake's tables are in."""
OWN_CATALOG = "spark_catalog"
"""The catalogue that every Spark session has."""
_PATTERN = re.compile(r"[*?\[\]{}\\`]")
"""What paths are expanded by, where Spark reads them, and what ends a path in SQL."""
_UNSHOWN = ("Cc", "Cs", "Zl", "Zp")
"""Unicode's categories of control characters, half characters, and ends of lines and paragraphs."""
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")


def is_catalog(uri: str) -> bool:
    """Whether `uri` names a Unity Catalog place, `catalog.prefix`, and not a folder."""
    return bool(_CATALOG.fullmatch(uri)) and not Path(uri).exists()


def is_local(uri: str) -> bool:
    """Whether `uri` is a folder of this machine."""
    return "://" not in uri and not uri.startswith("file:/") and not is_catalog(uri)


def canonical(uri: str) -> str:
    """`uri` without a trailing slash, absolute where it is local. Raises UserError for a scheme that is not known."""
    uri = uri.rstrip("/") if len(uri) > 1 else uri
    if not uri.strip():
        raise UserError("the lake's address is empty: use a folder, s3a://BUCKET/PATH or catalog.prefix")
    if uri.startswith("s3://"):
        uri = "s3a://" + uri.removeprefix("s3://")
    if _SCHEME.match(uri) and not uri.startswith(_SCHEMES):
        raise UserError(
            f"the lake {uri} has a scheme that is not known: use a folder, s3a://BUCKET/PATH or catalog.prefix"
        )
    if uri.startswith("file:/"):
        uri = "/" + uri.removeprefix("file:").lstrip("/")
    place = str(Path(uri).absolute()) if is_local(uri) else uri
    if found := _PATTERN.search(place):
        raise UserError(f"the lake {place} has a {found[0]} in its address, which Spark takes for a sign of its own")
    if found := _ESCAPE.search(place):
        raise UserError(f"the lake {place} has {found[0]} in its address, which is read as another character")
    if any(unicodedata.category(character) in _UNSHOWN for character in place):
        raise UserError(f"the lake {place!r} has a character in its address that cannot be shown: call it another name")
    return place


def require_usable(uri: str, *, write: bool) -> None:
    """Raise UserError, before Spark starts, where a local lake is a file, missing (to read) or read-only (to write)."""
    root = canonical(uri)
    if root.startswith("s3a://"):
        require_reachable(root, write=write)
    if is_catalog(root) and not (on_platform() or root.startswith(f"{OWN_CATALOG}.")):
        raise UserError(
            f"the lake {uri} is taken for a place in Unity Catalog, which is not here: for a folder write ./{uri}"
        )
    if not is_local(root):
        return
    folder = Path(root)
    try:
        folder.exists()
    except OSError as error:  # a name that is too long, say
        raise UserError(f"the lake {root[:200]} cannot be looked at: {error.strerror}") from None
    if folder.exists() and not folder.is_dir():
        raise UserError(f"the lake {folder} is a file: name a folder")
    for layer in LAYERS:
        for log in sorted(folder.glob(f"{layer}/*/_delta_log")):
            require_whole(log.parent)
    if not write:
        if not (folder / "ops").is_dir() and not (folder / "silver").is_dir():
            raise UserError(
                f"there is no lake at {folder}: make one with `decantry run RECIPE --input ... --lake {uri}`"
            )
        return
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    if not os.access(nearest, os.W_OK | os.X_OK) or _mounted_read_only(nearest):
        raise UserError(f"the lake {folder} is not writable: change its permissions or name another folder")


def _mounted_read_only(folder: Path) -> bool:
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
