"""Folders that are tables. A table's log says which files belong to its newest version."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from decantry.jobs.process.errors import InfrastructureError, UserError
from decantry.jobs.sources.delta_address import delta_address
from decantry.jobs.sources.names import scheme
from decantry.jobs.sources.streams import ENTRY, LOG, stream_files
from decantry.jobs.sources.transactions import Transactions, is_of_a_transaction, transactions_of
from decantry.jobs.store.delta_options import delta_options
from decantry.jobs.store.errors import SourceError, Unavailable
from decantry.jobs.store.retries import retried
from decantry.jobs.store.s3_client import access
from decantry.jobs.store.s3_store import s3_beside

Values = tuple[tuple[str, Any], ...]
"""Columns that a table keeps in its log and not in the file, with their value for the file."""

DELTA, STREAM = "Delta", "Spark stream"

_METADATA = r"(v?\d+|\d+-[0-9a-f-]{36})(\.\w+)?\.metadata\.json(\.gz)?$|version-hint\.text$|snap-\d+-.*\.avro$"
_MARKS = (
    (DELTA, {"_delta_log/": re.compile("")}),
    ("Hudi", {".hoodie/": re.compile("")}),
    ("Iceberg", {"metadata/": re.compile(_METADATA)}),
    ("Paimon", {"snapshot/": re.compile(r"snapshot-\d+$"), "schema/": re.compile(r"schema-\d+$")}),
    (STREAM, {LOG: ENTRY}),
)
"""How a table is recognised: by each of these folders, and by a file in it with such a name. Source: the protocols of
Delta, Hudi, Iceberg (with a Hadoop or another catalogue) and Paimon. Delta comes first, because with UniForm it keeps
Iceberg metadata beside its own log."""


@dataclass(frozen=True)
class TableFiles:
    """The files of a table at its newest version, each with the values of its partition that its log has.

    `name` is what messages call the table.
    """

    name: str
    version: int
    files: Mapping[str, Values]


class Tables:
    """Finds the tables that files belong to. Each is looked up and read once.

    Folders end with `/`. Local ones are absolute, without symbolic links; others begin with `s3://`.
    """

    def __init__(self) -> None:
        """Start without any known folder."""
        self._real: dict[str, str] = {}
        self._kinds: dict[str, str | None] = {}
        self._over: dict[str, tuple[str, str] | None] = {}
        self._read: dict[str, TableFiles] = {}
        self._transactions: dict[str, Transactions] = {}

    def key(self, name: str) -> str:
        """The real name of a file or folder. Symbolic links in its folder are resolved, because they hide a table."""
        if "://" in name:
            return name
        folder, _, file = os.path.abspath(name).rpartition("/")  # noqa: PTH100
        if name.endswith("/") or not name:
            folder, file = f"{folder}/{file}", ""
        if folder not in self._real:
            self._real[folder] = os.path.realpath(folder or "/").rstrip("/") + "/"
        return self._real[folder] + file

    def member(self, name: str) -> str:
        """The real name under which a table may have the file: that of its target, if the file is itself a link, and
        its folder is in no table.
        """
        key = self.key(name)
        if "://" in name or not os.path.islink(key) or self.over(folder_of(key)):  # noqa: PTH114
            return key
        return os.path.realpath(key)

    def target(self, name: str) -> str:
        """The real name of a file, or of its target if it is itself a link."""
        key = self.key(name)
        return os.path.realpath(key) if "://" not in name and os.path.islink(key) else key  # noqa: PTH114

    def know(self, prefix: str, names: Sequence[str]) -> None:
        """Remember all names that begin with the prefix, so that they are not requested again."""
        for name in names:
            folder = folder_of(name)
            while folder.startswith(prefix) and folder not in self._kinds:
                self._kinds[folder] = None
                folder = folder_of(folder[:-1])
        for kind, marks in reversed(_MARKS):
            for folder in set.intersection(*(_marked(names, mark, files) for mark, files in marks.items())):
                if folder.startswith(prefix):
                    self._kinds[folder] = kind

    def over(self, folder: str) -> tuple[str, str] | None:
        """The folder and kind of the table that contains, or is, this folder; None if there is none."""
        if folder not in self._over:
            kind = self._kind(folder)
            above = folder_of(folder[:-1])
            at_top = above in (folder, "s3://")
            self._over[folder] = (folder, kind) if kind else None if at_top else self.over(above)
        return self._over[folder]

    def live(self, folder: str, kind: str) -> TableFiles:
        """The files of the table's newest version. Raises UserError for a table that cannot be read correctly."""
        if kind not in (DELTA, STREAM):
            raise UserError(
                f"{folder} is {'an' if kind == 'Iceberg' else 'a'} {kind} table, which is not read here, nor its files "
                "one by one: write it out as Parquet or as a Delta table, and name that"
            )
        if folder not in self._read:
            self._read[folder] = _read(folder) if kind == DELTA else _of_stream(folder)
        return self._read[folder]

    def uncommitted(self, names: Iterable[str]) -> set[str]:
        """The files that no transaction of Databricks has committed, or that one has removed."""
        by_folder: dict[str, list[str]] = {}
        for name in names:
            by_folder.setdefault(folder_of(self.key(name)), []).append(name)
        found: set[str] = set()
        for folder, files in by_folder.items():
            if any(map(is_of_a_transaction, files)):
                if folder not in self._transactions:
                    self._transactions[folder] = transactions_of(folder)
                found.update(file for file in files if not self._transactions[folder].has(file))
        return found

    def _kind(self, folder: str) -> str | None:
        if folder not in self._kinds:
            found = (kind for kind, marks in _MARKS if all(_holds(folder + mark, marks[mark]) for mark in marks))
            self._kinds[folder] = next(found, None)
        return self._kinds[folder]


def folder_of(name: str) -> str:
    """The parent folder of a file or folder, with its `/`; the root's parent is the root."""
    return name.rpartition("/")[0] + "/" if name != "/" else name


def _marked(names: Iterable[str], mark: str, files: re.Pattern[str]) -> set[str]:
    """The folders in which one of the names marks a table."""
    parted = (name.rpartition("/" + mark) for name in names)
    return {root + "/" for root, found, rest in parted if found and files.match(rest)}


def _holds(folder: str, names: re.Pattern[str]) -> bool:
    """Whether the folder has a file with one of these names; False if the folder may not be listed."""
    if scheme(folder) == "file":
        try:
            if not Path(folder).is_dir() or not names.pattern:
                return Path(folder).is_dir()
            return any(names.match(path.name) and path.is_file() for path in Path(folder).iterdir())
        except OSError:
            return False
    try:
        return any(names.match(name[len(folder) :]) for name in retried(folder, lambda: s3_beside(folder)))
    except Unavailable:
        raise
    except SourceError:
        return False


def _of_stream(folder: str) -> TableFiles:
    version, files = stream_files(folder)
    return TableFiles("folder of a Spark stream", version, dict.fromkeys(files, ()))


def _read(folder: str) -> TableFiles:
    import pyarrow as pa
    from deltalake import DeltaTable
    from deltalake.exceptions import DeltaError, TableNotFoundError

    remote, address = scheme(folder) == "s3", folder
    try:
        with nullcontext(folder) if remote else delta_address(folder) as address:
            table = DeltaTable(address, storage_options=_options() if remote else None)
            _require_readable(folder, table)
            rows = pa.table(table.get_add_actions(flatten=False)).to_pylist()
            version = int(table.version())
    except TableNotFoundError:
        raise UserError(
            f"{folder} has a _delta_log without a version of the table: a job that wrote it has failed"
        ) from None
    except (DeltaError, pa.ArrowException, ValueError) as error:
        why = _first_line(error).replace(address, folder)
        raise UserError(f"{folder} is a Delta table that cannot be read: {why}") from None
    except OSError as error:
        raise InfrastructureError(f"the Delta table {folder} cannot be read: {_first_line(error)}") from None
    return TableFiles(
        "Delta table", version, {_name(folder, row["path"]): _values(row.get("partition")) for row in rows}
    )


def _require_readable(folder: str, table: Any) -> None:
    """Raise UserError for a table whose files contain deleted rows, or columns under other names."""
    import pyarrow as pa

    if table.metadata().configuration.get("delta.columnMapping.mode", "none") != "none":
        raise UserError(
            f"{folder} is a Delta table with column mapping, which is not read here: copy it to a table without it"
        )
    if "deletionVectors" in (table.protocol().reader_features or ()):
        vectors = pa.RecordBatchReader.from_stream(table.deletion_vectors())
        if any(batch.num_rows for batch in vectors):
            raise UserError(
                f"{folder} is a Delta table with deletion vectors, which are not read here: "
                "run REORG TABLE ... APPLY (PURGE) on it first"
            )


def _name(folder: str, path: str) -> str:
    """The file's name from the log, percent-decoded. Raises UserError if the file is not in the folder."""
    name = unquote(path)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|/", path) or ".." in name.split("/"):
        raise UserError(
            f"{folder} is a Delta table with files that are not in its folder, as a clone has: {path[:200]}"
        )
    return folder + name


def _values(partition: Mapping[str, Any] | None) -> Values:
    """The partition's values. A lake's own documents are partitioned by `crawl`, which rows call `dump`."""
    values = dict(partition or {})
    if "crawl" in values:
        values.setdefault("dump", values["crawl"])
    return tuple(values.items())


def _options() -> dict[str, str]:
    """The storage options with which deltalake reads inputs, requested like other objects."""
    options = delta_options()
    if access() == "anonymous" or "AWS_ACCESS_KEY_ID" not in options:
        return {name: value for name, value in options.items() if "KEY" not in name} | {"AWS_SKIP_SIGNATURE": "true"}
    return options | ({"AWS_REQUEST_PAYER": "true"} if access() == "requester-pays" else {})


def _first_line(error: Exception) -> str:
    return next(iter(str(error).splitlines()), type(error).__name__)[:300]
