"""Files that people put into the cache by hand, by the name `cache:NAME`."""

from __future__ import annotations

import re
from pathlib import Path

from decantry.jobs.process.errors import UserError
from decantry.jobs.process.home import home

CACHE = "cache:"
"""What begins such a name."""
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")


def cached(model: str) -> Path:
    """Where the cache has the file or folder `cache:NAME`. Raises UserError for a name that is a path."""
    try:
        require_good_name(model)
    except ValueError as error:
        raise UserError(str(error)) from None
    return home() / "models" / model.removeprefix(CACHE)


def require_good_name(model: str) -> None:
    """Raise ValueError for a model of the cache whose name is a path."""
    if model.startswith(CACHE) and not _NAME.fullmatch(model.removeprefix(CACHE)):
        raise ValueError(f"the model {model} has another form than cache:NAME, with letters, digits, -, _ and dots")
