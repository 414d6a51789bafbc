"""All tables that every lake has, by name: the `TABLE` of each file in this folder. Corpora are made from recipes."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

import decantry.schemas
from decantry.schemas.table import Table

_READERS = {"catalogue", "page"}
"""The files of this folder that read the others."""


def _tables() -> dict[str, Table]:
    names = {module.name for module in iter_modules(decantry.schemas.__path__)} - _READERS
    found = (getattr(import_module(f"decantry.schemas.{name}"), "TABLE", None) for name in names)
    return {table.name: table for table in sorted(filter(None, found), key=lambda table: table.name)}


TABLES = _tables()
