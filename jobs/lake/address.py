"""The address of a lake: a local folder, a prefix on S3, or a prefix in a catalogue."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

from decantry.jobs.process.errors import UserError

_CATALOG = re.compile(r"[A-Za-z_]\w*\.[A-Za-z_]\w*")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:/")
_SCHEMES = ("s3a://", "file:/")
LAYERS = ("ops", "bronze", "silver", "gold")
"""The folders, or schemas, of a lake's tables."""
OWN_CATALOG = "spark_catalog"
"""The default catalogue of every Spark session."""
_PATTERN = re.compile(r"[*?\[\]{}\\`]")
"""Characters that Spark expands in paths, and the backtick, which ends a path in SQL."""
_UNSHOWN = ("Cc", "Cs", "Zl", "Zp")
"""Unicode's categories of control characters, surrogates, and line and paragraph separators."""
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")


def is_catalog(uri: str) -> bool:
    """Whether `uri` is a prefix in Unity Catalog, `catalog.prefix`, and not a folder."""
    return bool(_CATALOG.fullmatch(uri)) and not Path(uri).exists()


def is_local(uri: str) -> bool:
    """Whether `uri` is a folder of this machine."""
    return "://" not in uri and not uri.startswith("file:/") and not is_catalog(uri)


def canonical(uri: str) -> str:
    """`uri` without a trailing slash, absolute if it is local. Raises UserError for an address that cannot be used."""
    uri = uri.rstrip("/") if len(uri) > 1 else uri
    if not uri.strip():
        raise UserError("the lake's address is empty: use a folder, s3a://BUCKET/PATH or catalog.prefix")
    if uri.startswith("s3://"):
        uri = "s3a://" + uri.removeprefix("s3://")
    if _SCHEME.match(uri) and not uri.startswith(_SCHEMES):
        raise UserError(f"the lake {uri} has an unknown scheme: use a folder, s3a://BUCKET/PATH or catalog.prefix")
    if uri.startswith("file:/"):
        uri = "/" + uri.removeprefix("file:").lstrip("/")
    full = str(Path(uri).absolute()) if is_local(uri) else uri
    if found := _PATTERN.search(full):
        raise UserError(
            f"the lake {full} has a {found[0]} in its address, which Spark treats as a pattern: use another name"
        )
    if found := _ESCAPE.search(full):
        raise UserError(
            f"the lake {full} has {found[0]} in its address, which URIs decode to another character: use another name"
        )
    if any(unicodedata.category(character) in _UNSHOWN for character in full):
        raise UserError(f"the lake {full!r} has a character in its address that cannot be shown: use another name")
    return full
