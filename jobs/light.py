"""A look at a lake without Spark: Delta logs and small tables, by the deltalake library."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from decantry.jobs.errors import UserError
from decantry.jobs.lake import canonical, is_catalog, is_local, require_usable
from decantry.jobs.s3a import delta_options
from decantry.jobs.sources.patience import retried
from decantry.jobs.sources.s3_store import s3_folders
from decantry.schemas.catalogue import TABLES

LAYERS = ("ops", "bronze", "silver", "gold")


def tables_of(lake: str) -> list[tuple[str, int, int]]:
    """Name, newest version and number of rows of every table of the lake."""
    root = _root(lake)
    names = list(TABLES)
    if is_local(root):
        there = (path.parent for layer in LAYERS for path in (Path(root) / layer).glob("*/_delta_log"))
        names = [f"{path.parent.name}/{path.name}" for path in sorted(there)]
    else:
        names += [f"gold/{name}" for name in retried(root, lambda: s3_folders(f"{root}/gold/"))]
    found = []
    for name in names:
        table = _open(root, name)
        if table is not None:
            found.append((name, table.version(), table.count()))
    return found


def rows_of(lake: str, name: str) -> list[dict[str, Any]]:
    """The rows of a small table, none where it does not exist."""
    import pyarrow as pa
    from deltalake import QueryBuilder

    table = _open(_root(lake), name)
    if table is None:
        return []
    rows: list[dict[str, Any]] = pa.table(QueryBuilder().register("t", table).execute("select * from t")).to_pylist()
    return rows


def _root(lake: str) -> str:
    require_usable(lake, write=False)
    root = canonical(lake)
    if is_catalog(root):
        raise UserError(f"the lake {lake} is in a catalogue: ask it with `decantry sql`")
    return root.replace("s3a://", "s3://", 1)


def _open(root: str, name: str) -> Any:
    from deltalake import DeltaTable
    from deltalake.exceptions import TableNotFoundError

    try:
        return DeltaTable(f"{root}/{name}", storage_options=delta_options() if "://" in root else None)
    except TableNotFoundError:
        return None
