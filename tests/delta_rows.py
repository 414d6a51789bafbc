"""The rows of a Delta table, read without Spark."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def rows_in(table: str, options: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """All rows of the table at an address. `options` are the storage options."""
    import pyarrow as pa
    from deltalake import DeltaTable, QueryBuilder

    opened = DeltaTable(table, storage_options=dict(options) if options else None)
    found: list[dict[str, Any]] = pa.table(QueryBuilder().register("t", opened).execute("select * from t")).to_pylist()
    return found
