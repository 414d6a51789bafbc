"""The lake: its tables, and how commits to them are written."""

from __future__ import annotations

import itertools
import json
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import TYPE_CHECKING

from decantry.jobs.lake.address import is_catalog
from decantry.jobs.lake.commits import Superseded, Transaction, commit, conflicts
from decantry.jobs.lake.commits.schema import added_columns, ordered
from decantry.jobs.lake.tables import Tables
from decantry.schemas.catalogue import TABLES
from decantry.schemas.table import Table, ddl

if TYPE_CHECKING:
    from delta.tables import DeltaMergeBuilder, DeltaTable
    from pyspark.sql import DataFrame

_SETTINGS = Lock()


@dataclass(frozen=True)
class Lake(Tables):
    """A lake, read and written by `spark`. Every commit carries `run_id` and `about` (recipe hash, code version)."""

    run_id: str
    about: Mapping[str, str] | None = None
    _runs: Iterator[int] = field(default_factory=lambda: itertools.count(1), repr=False, compare=False)

    def next_run(self) -> Lake:
        """This lake with a run id that no verdict has yet: its own if it is free, else with a number appended."""
        number = next(self._runs)
        return self if number == 1 else replace(self, run_id=f"{self.run_id}-{number}")

    def append(
        self,
        name: str,
        rows: DataFrame,
        table: Table | None = None,
        *,
        transaction: Transaction | None = None,
        **about: object,
    ) -> int:
        """Append `rows` to the table and return the version that has them; columns are put in the table's order.

        `about` goes into the commit's user metadata. Without rows there is no commit, unless there is a transaction.
        Raises Superseded if Delta skips the transaction.
        """
        return self._write(name, rows, table or TABLES[name], None, transaction, about)

    def replace(
        self,
        name: str,
        rows: DataFrame,
        predicate: str,
        table: Table | None = None,
        *,
        transaction: Transaction | None = None,
        **about: object,
    ) -> int:
        """Replace the rows that satisfy `predicate` with `rows`, in one commit; otherwise as `append`."""
        return self._write(name, rows, table or TABLES[name], predicate, transaction, about)

    def change(
        self, name: str, act: Callable[[DeltaTable], object], *, transaction: Transaction | None = None, **about: object
    ) -> int:
        """Run one of Delta's own operations on an existing table, and return the version that has it.

        If the operation had nothing to change, that is the newest version; with a transaction there is always a commit.
        Raises Superseded if Delta skips the transaction.
        """
        metadata = self._about(about)
        settings = {"commitInfo.userMetadata": json.dumps(metadata, sort_keys=True)}
        if transaction is not None:
            settings |= {"write.txnAppId": transaction.app, "write.txnVersion": str(transaction.number)}

        def do() -> None:
            with self._delta_settings(settings):
                act(self.delta(name))

        return self._committed(name, commit(self, name, do, str(metadata["write"])), transaction)

    def merge(
        self,
        name: str,
        rows: DataFrame,
        condition: str,
        clauses: Callable[[DeltaMergeBuilder], DeltaMergeBuilder],
        *,
        transaction: Transaction | None = None,
        **about: object,
    ) -> int:
        """Merge `rows` (`s`) into the table (`t`). `clauses` adds what to do with rows that match and that do not."""

        def act(table: DeltaTable) -> None:
            clauses(table.alias("t").merge(rows.alias("s"), condition)).execute()

        return self.change(name, act, transaction=transaction, **about)

    def _committed(self, name: str, version: int | None, transaction: Transaction | None) -> int:
        """The version, or the newest one if there was nothing to commit."""
        if version is None and transaction is not None:
            raise Superseded(name)
        return self.state(name) if version is None else version

    def create(self, table: Table) -> None:
        """Create the table, empty, from its schema. Does nothing if it exists or another writer creates it first."""
        identifier = f"delta.`{self.path(table.name)}`"
        if is_catalog(self.root):
            identifier = self._identifier(table.name)
            self.spark.sql(f"CREATE SCHEMA IF NOT EXISTS {identifier.rpartition('.')[0]}")
        with self._delta_settings({"commitInfo.userMetadata": json.dumps(self._about({}), sort_keys=True)}):
            try:
                self.spark.sql(ddl(table, identifier))
            except conflicts():
                if not self.exists(table.name):
                    raise

    @contextmanager
    def _delta_settings(self, settings: Mapping[str, str]) -> Iterator[None]:
        """Set session settings that Delta's statements read, for one statement at a time."""
        with _SETTINGS:
            for key, value in settings.items():
                self.spark.conf.set(f"spark.databricks.delta.{key}", value)
            try:
                yield
            finally:
                for key in settings:
                    self.spark.conf.unset(f"spark.databricks.delta.{key}")

    def _about(self, about: Mapping[str, object]) -> dict[str, object]:
        """The user metadata of a commit. `write` is random, so that no other commit has the same."""
        return {"run_id": self.run_id, "write": secrets.token_hex(8), **(self.about or {}), **about}

    def _write(
        self,
        name: str,
        rows: DataFrame,
        table: Table,
        predicate: str | None,
        transaction: Transaction | None,
        about: Mapping[str, object],
    ) -> int:
        metadata = self._about(about)

        def write() -> None:
            if not self.exists(name):
                self.create(table)
            writer = ordered(rows, table).write.format("delta")
            writer = writer.option("userMetadata", json.dumps(metadata, sort_keys=True))
            if transaction is not None:
                writer = writer.options(**transaction.options)
            if added_columns(self, table):
                writer = writer.option("mergeSchema", "true")
            if predicate is None:
                writer = writer.mode("append")
            else:  # for a new table as well: another writer may have created it and filled it
                writer = writer.mode("overwrite").option("replaceWhere", predicate)
            if is_catalog(self.root):
                writer.saveAsTable(self._identifier(name))
            else:
                writer.save(self.path(name))

        return self._committed(name, commit(self, name, write, str(metadata["write"])), transaction)
