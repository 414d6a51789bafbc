"""Where a lake may lie, told by its address alone: a folder, a place on S3, or one in a catalogue."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from decantry.jobs.process.errors import UserError

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
