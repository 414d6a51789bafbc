"""Files that users put into the cache and name as `cache:NAME`."""

from __future__ import annotations

import re
from pathlib import Path

from decantry.jobs.process.address import public
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.home import home

CACHE = "cache:"
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


def cached(name: str) -> Path:
    """The path of `cache:NAME` in the cache. Raises UserError for a name that is a path."""
    try:
        require_good_name(name)
    except ValueError as error:
        raise UserError(str(error)) from None
    return home() / "models" / name.removeprefix(CACHE)


def require_good_name(name: str) -> None:
    """Raise ValueError for a `cache:NAME` whose name is a path, and for a URI with credentials."""
    require_no_credentials(name)
    if name.startswith(CACHE) and not _NAME.fullmatch(name.removeprefix(CACHE)):
        raise ValueError(f"{name} is not of the form cache:NAME, with letters, digits, -, _ and dots")


def require_no_credentials(address: str) -> None:
    """Raise ValueError for a URI with credentials, because the lake keeps recipes. The message lacks the URI."""
    if "://" in address and public(address) != address.rstrip("?&#"):
        raise ValueError(
            "an address in it has credentials, which the lake would keep with the recipe: download the file, and give "
            "its path or cache:NAME"
        )
