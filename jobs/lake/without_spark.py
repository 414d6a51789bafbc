"""Reading a lake without Spark: Delta logs and small tables, by the deltalake library."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from decantry.jobs.lake.address import LAYERS, canonical, is_catalog, is_local
from decantry.jobs.lake.commits.history import Commit
from decantry.jobs.lake.commits.local_log import newest_version
from decantry.jobs.lake.usable import require_usable
from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.store.delta_options import delta_options
from decantry.jobs.store.retries import retried
from decantry.jobs.store.s3_store import s3_folders
from decantry.schemas.catalogue import TABLES

_TYPES = ("string", "int", "bigint", "double", "boolean", "timestamp")
"""The types of Spark that have the same name in the SQL of deltalake."""


def tables_of(lake: str) -> list[tuple[str, int, int]]:
    """Name, newest version and number of rows of every table of the lake."""
    root = _root(lake)
    names = list(TABLES)
    if is_local(root):
        folders = (path.parent for layer in LAYERS for path in (Path(root) / layer).glob("*/_delta_log"))
        names = [f"{path.parent.name}/{path.name}" for path in sorted(folders)]
    else:
        names += [f"gold/{name}" for name in retried(root, lambda: s3_folders(f"{root}/gold/"))]
    found = []
    for name in names:
        table = _open(root, name)
        if table is not None:
            with _errors_of(table.table_uri):
                found.append((name, table.version(), table.count()))
    return found


def rows_of(lake: str, name: str, where: str = "true", columns: Sequence[str] = ()) -> list[dict[str, Any]]:
    """The rows of a small table that satisfy `where`, in these `columns` (all by default).

    Empty if the table does not exist. A column that it does not have is None. Timestamps are in UTC without a time
    zone, as Spark returns them.
    """
    import pyarrow as pa
    from deltalake import QueryBuilder

    table = _open(_root(lake), name)
    if table is None:
        return []
    wanted = list(columns) or (TABLES[name].column_names if name in TABLES else [])
    with _errors_of(table.table_uri):
        existing = [field.name for field in table.schema().fields]
        named = ", ".join(f'"{column}"' for column in (columns or existing) if column in existing)
        query = f"select {named} from t where {where}"
        rows = pa.table(QueryBuilder().register("t", table).execute(query)).to_pylist()
    return [dict.fromkeys(wanted) | {column: _plain(value) for column, value in row.items()} for row in rows]


def batches_of(lake: str, name: str, where: str, columns: Sequence[str]) -> Iterator[Any]:
    """The rows of a table that satisfy `where`, as record batches of pyarrow. Only one batch is in memory at a time.

    `columns` are SQL expressions. Strings have the type `string`. A column that the table does not have is null. There
    are no batches if the table does not exist.
    """
    import pyarrow as pa
    from deltalake import QueryBuilder

    table = _open(_root(lake), name)
    if table is None:
        return
    with _errors_of(table.table_uri):
        query = f"select {', '.join(columns)} from {_with_nulls(table, name)} where {where}"
        for batch in pa.RecordBatchReader.from_stream(QueryBuilder().register("t", table).execute(query)):
            yield batch.cast(pa.schema([_without_view(field) for field in batch.schema]))


def _with_nulls(table: Any, name: str) -> str:
    """The table `t` in SQL, with a null for each column of the lake's tables that it does not have."""
    existing = {field.name for field in table.schema().fields}
    lacking = [column for column in TABLES[name].columns if column.name not in existing] if name in TABLES else []
    nulls = [f'{_null(column.type)} as "{column.name}"' for column in lacking]
    return f"(select {', '.join(['*', *nulls])} from t) as t" if nulls else "t"


def _null(type: str) -> str:
    """A null in SQL, of the type of Spark if deltalake's SQL has it."""
    return f"cast(null as {type})" if type in _TYPES else "null"


def _without_view(field: Any) -> Any:
    """The field. A string field has the type `string`, which all functions of pyarrow accept."""
    import pyarrow as pa

    return field.with_type(pa.string()) if pa.types.is_string_view(field.type) else field


def version_of(lake: str, name: str) -> int | None:
    """The table's newest version; None if it does not exist."""
    root = canonical(lake)
    if is_local(root):
        return newest_version(Path(root) / name)
    table = _open(_remote(root), name)
    return None if table is None else int(table.version())


def commits_of(lake: str, name: str, after: int) -> list[Commit]:
    """The table's commits after the version `after`, oldest first, as far back as its log goes."""
    table = _open(_remote(canonical(lake)), name)
    if table is None or table.version() <= after:
        return []
    with _errors_of(table.table_uri):
        found = [Commit.of(row) for row in table.history(limit=table.version() - after)]
    return sorted((each for each in found if each.version > after), key=lambda each: each.version)


def partitions_of(lake: str, name: str, column: str) -> list[str]:
    """The values of a partition column, sorted, from the table's log."""
    table = _open(_remote(canonical(lake)), name)
    if table is None:
        return []
    with _errors_of(table.table_uri):
        return sorted({part[column] for part in table.partitions()})


def values_of(lake: str, name: str, column: str) -> set[str] | None:
    """The values of a column if each file of the table has only one value; None if the log does not say so."""
    found = _bounds(lake, name, column)
    if found is None or any(least is None or least != most for least, most in found):
        return None
    return {least for least, _ in found}


def may_have(lake: str, name: str, column: str, values: Sequence[str]) -> bool:
    """Whether the table may have one of the strings in the column. False only if its log excludes all of them."""
    found = _bounds(lake, name, column)
    if found is None:
        return True
    ordered = sorted(values)
    return any(_one_between(ordered, least, most) for least, most in found)


def _one_between(values: Sequence[str], least: str | None, most: str | None) -> bool:
    """Whether one of the sorted values lies between the bounds, or a bound is not known.

    Delta cuts long strings off such that the bounds still hold for all values (Delta protocol, per-file statistics).
    """
    if least is None or most is None:
        return True
    first = bisect_left(values, least)
    return first < len(values) and values[first] <= most


def _bounds(lake: str, name: str, column: str) -> list[tuple[Any, Any]] | None:
    """The least and the greatest value of the column in each file of the table; None if the log does not have them."""
    import pyarrow as pa

    table = _open(_remote(canonical(lake)), name)
    if table is None:
        return []
    with _errors_of(table.table_uri):
        files = pa.table(table.get_add_actions(flatten=True))
    if not files.num_rows:
        return []
    bounds = [f"{bound}.{column}" for bound in ("min", "max")]
    if not all(bound in files.column_names for bound in bounds):
        return None
    return list(zip(*(files.column(bound).to_pylist() for bound in bounds), strict=True))


def names_of(lake: str, layer: str) -> list[str]:
    """The folders of a layer's tables, sorted."""
    root = canonical(lake)
    if is_local(root):
        return sorted(path.name for path in Path(root, layer).glob("*") if path.is_dir())
    return sorted(retried(root, lambda: s3_folders(f"{root}/{layer}/")))


def _plain(value: Any) -> Any:
    """A timestamp without its time zone, which is UTC; any other value unchanged."""
    return value.replace(tzinfo=None) if isinstance(value, datetime) else value


def _root(lake: str) -> str:
    require_usable(lake, write=False)
    root = canonical(lake)
    if is_catalog(root):
        raise UserError(f"the lake {lake} is in a catalogue: query it with `decantry sql`")
    return _remote(root)


def _remote(root: str) -> str:
    """The root in the form that deltalake expects."""
    return root.replace("s3a://", "s3://", 1)


def _open(root: str, name: str) -> Any:
    from deltalake import DeltaTable
    from deltalake.exceptions import TableNotFoundError

    remote = "://" in root
    uri = f"{root}/{name}" if remote else (Path(root) / name).as_uri()
    try:
        with _errors_of(uri):
            return DeltaTable(uri, storage_options=delta_options() if remote else None)
    except TableNotFoundError:
        return None


@contextmanager
def _errors_of(uri: str) -> Iterator[None]:
    """Turn errors of deltalake into an InfrastructureError of one line, for a table that exists but cannot be read."""
    from deltalake.exceptions import DeltaError, TableNotFoundError
    from pyarrow import ArrowException

    try:
        yield
    except TableNotFoundError:
        raise
    except (DeltaError, ArrowException, OSError) as error:
        why = next(iter(str(error).splitlines()), type(error).__name__)
        raise InfrastructureError(f"the table {uri} cannot be read: {why[:300]}") from error
