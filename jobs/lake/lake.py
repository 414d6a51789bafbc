"""The lake: where a table lies, and how it is read and written."""

from __future__ import annotations

import itertools
import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from decantry.jobs.lake.address import canonical, is_catalog, is_local
from decantry.jobs.lake.commits import Commit, Superseded, Transaction, commit
from decantry.jobs.lake.commits.schema import added_columns, ordered
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.lake.light import commits_of, partitions_of, rows_of, values_of, version_of
from decantry.schemas.catalogue import TABLES
from decantry.schemas.table import Table, ddl

if TYPE_CHECKING:
    from delta.tables import DeltaMergeBuilder, DeltaTable
    from pyspark.sql import DataFrame, Row, SparkSession

_SETTINGS = Lock()
NOT_THERE = -1
"""In the place of a version, as Delta has it, of a table that does not exist."""


@dataclass(frozen=True)
class Lake:
    """A lake that `spark` reads and writes; every commit names `run_id` and `about` (recipe hash, code version)."""

    spark: SparkSession
    uri: str
    run_id: str
    about: Mapping[str, str] | None = None
    writer: str = field(default_factory=lambda: secrets.token_hex(4))
    """Tells this lake's writes from those of every other process and time."""
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1), repr=False, compare=False)
    _runs: Iterator[int] = field(default_factory=lambda: itertools.count(1), repr=False, compare=False)

    def next_run(self) -> Lake:
        """This lake under a run id that no verdict has yet: its own at first, then with a number behind it."""
        number = next(self._runs)
        return self if number == 1 else replace(self, run_id=f"{self.run_id}-{number}")

    @cached_property
    def root(self) -> str:
        """The lake's address, absolute where it is a local folder."""
        return canonical(self.uri)

    def exists(self, name: str) -> bool:
        """Whether the table has been created."""
        from delta.tables import DeltaTable

        if is_catalog(self.root):
            return self.spark.catalog.tableExists(self._identifier(name))
        if is_local(self.root):
            # a run that died as it made the table may have left an empty log
            return any((Path(self.path(name)) / "_delta_log").glob("*.json"))
        if self.root.startswith("s3a://"):
            from decantry.jobs.store.patience import retried
            from decantry.jobs.store.s3_store import s3_any

            # Delta's own answer may be of before a commit whose answer was lost
            log = f"{self.path(name)}/_delta_log/0"
            return retried(log, lambda: s3_any(log))
        return DeltaTable.isDeltaTable(self.spark, self.path(name))

    def names(self, layer: str) -> list[str]:
        """The tables of a layer that are there, without its name, sorted."""
        if is_catalog(self.root):
            schema, _, _ = self._identifier(f"{layer}/x").rpartition(".")
            if not self.spark.catalog.databaseExists(schema):
                return []
            rows = self.spark.sql(f"SHOW TABLES IN {schema}").where("NOT isTemporary").collect()
            return sorted(row["tableName"] for row in rows)
        if is_local(self.root):
            found = [place.name for place in Path(self.path(layer)).glob("*") if place.is_dir()]
        else:
            from decantry.jobs.store.patience import retried
            from decantry.jobs.store.s3_store import s3_folders

            folder = f"{self.path(layer)}/"
            found = retried(folder, lambda: s3_folders(folder))
        return sorted(name for name in found if self.exists(f"{layer}/{name}"))

    def path(self, name: str) -> str:
        """The folder of the table (or of a staging area) in a lake that is a folder."""
        return f"{self.root}/{name}"

    def read(self, name: str) -> DataFrame:
        """The table's newest rows; no rows, in the table's own columns, where it does not exist yet."""
        if not self.exists(name):
            return few_rows(self.spark, TABLES[name], [])
        if is_catalog(self.root):
            return _completed(name, self.spark.table(self._identifier(name)))
        return _completed(name, self.spark.read.format("delta").load(self.path(name)))

    def rows(self, name: str, where: str = "true", columns: Sequence[str] = ()) -> list[Row]:
        """The rows of a small table that satisfy `where`, in these `columns` (all by default).

        They are read without a Spark job, where the lake is a folder.
        """
        from pyspark.sql import Row

        if is_catalog(self.root):
            return self.read(name).where(where).select(*(columns or "*")).collect()
        return [Row(**row) for row in rows_of(self.root, name, where, columns)] if self.exists(name) else []

    def read_as_it_is(self, name: str) -> DataFrame:
        """The table's newest rows, the same each time they are read, whatever others write meanwhile."""
        version = self.version(name)
        return self.read(name) if version is None else self.read_version(name, version)

    def read_version(self, name: str, version: int) -> DataFrame:
        """The table's rows at `version`."""
        if is_catalog(self.root):
            rows = self.spark.sql(f"SELECT * FROM {self._identifier(name)} VERSION AS OF {int(version)}")
        else:
            rows = self.spark.read.format("delta").option("versionAsOf", int(version)).load(self.path(name))
        return _completed(name, rows)

    def version(self, name: str) -> int | None:
        """The table's newest version; None where it does not exist."""
        if not is_catalog(self.root):
            return version_of(self.root, name)
        if not self.exists(name):
            return None
        return int(self.delta(name).history(1).select("version").collect()[0]["version"])

    def state(self, name: str) -> int:
        """The table's newest version; NOT_THERE where it does not exist."""
        version = self.version(name)
        return NOT_THERE if version is None else version

    def commits(self, name: str, after: int) -> list[Commit]:
        """The commits of the table after the version `after`, oldest first; none where it does not exist."""
        if not is_catalog(self.root):
            return commits_of(self.root, name, after)
        if not self.exists(name):
            return []
        columns = ("version", "operation", "userMetadata", "operationMetrics")
        rows = self.delta(name).history().where(f"version > {int(after)}").select(*columns).orderBy("version").collect()
        return [Commit.of(row.asDict()) for row in rows]

    def partitions(self, name: str, column: str) -> list[str]:
        """The values of a column that the table is partitioned by, sorted; without a Spark job in a folder."""
        if not is_catalog(self.root):
            return partitions_of(self.root, name, column)
        return sorted(row[column] for row in self.read(name).select(column).distinct().collect())

    def values(self, name: str, column: str) -> list[str]:
        """The values of a column that has few, sorted; from the log's statistics where they tell."""
        found = None if is_catalog(self.root) else values_of(self.root, name, column)
        if found is None:
            rows = self.read(name).select(column).distinct().collect()
            found = {row[column] for row in rows if row[column] is not None}
        return sorted(found)

    def merge_into(self, name: str, rows: DataFrame, condition: str) -> DeltaMergeBuilder:
        """A merge of `rows` (`s`) into the table (`t`), to be given its clauses and then to `execute`."""
        return self.delta(name).alias("t").merge(rows.alias("s"), condition)

    def delta(self, name: str) -> DeltaTable:
        """The table as Delta's own object; the table is there."""
        from delta.tables import DeltaTable

        if is_catalog(self.root):
            return DeltaTable.forName(self.spark, self._identifier(name))
        return DeltaTable.forPath(self.spark, self.path(name))

    def append(
        self, name: str, rows: DataFrame, table: Table | None = None, *, as_: Transaction | None = None, **about: object
    ) -> int:
        """Add `rows` to the table and return the version that has them; columns follow the table's order.

        `about` goes into the commit's user metadata. No rows make no commit, unless by a transaction. Raises Superseded
        where Delta skips the transaction `as_`.
        """
        return self._write(name, rows, table or TABLES[name], None, as_, about)

    def replace(
        self,
        name: str,
        rows: DataFrame,
        predicate: str,
        table: Table | None = None,
        *,
        as_: Transaction | None = None,
        **about: object,
    ) -> int:
        """Put `rows` in the place of those that satisfy `predicate`, in one commit; as `append`."""
        return self._write(name, rows, table or TABLES[name], predicate, as_, about)

    def change(
        self, name: str, act: Callable[[DeltaTable], object], *, as_: Transaction | None = None, **about: object
    ) -> int:
        """Do one of Delta's own operations on the table, which is there; return the version that has it.

        That is the newest one where the operation had nothing to change; with a transaction there is always a commit.
        Raises Superseded where Delta skips the transaction.
        """
        told = self._about(about)
        settings = {"commitInfo.userMetadata": json.dumps(told, sort_keys=True)}
        if as_ is not None:
            settings |= {"write.txnAppId": as_.app, "write.txnVersion": str(as_.number)}

        def do() -> None:
            with self._delta_settings(settings):
                act(self.delta(name))

        return self._committed(name, commit(self, name, do, str(told["write"])), as_)

    def restore(self, name: str, version: int, **about: object) -> int:
        """Make the table's rows those of `version` again, in one commit; return the version that has it."""
        return self.change(name, lambda table: table.restoreToVersion(version), as_=None, **about)

    def _committed(self, name: str, version: int | None, transaction: Transaction | None) -> int:
        """The version, or the newest one where there was nothing to commit."""
        if version is None and transaction is not None:
            raise Superseded(name)
        return self.state(name) if version is None else version

    def create(self, table: Table) -> None:
        """Make the table, empty, as its schema says; does nothing where it is there."""
        identifier = f"delta.`{self.path(table.name)}`"
        if is_catalog(self.root):
            identifier = self._identifier(table.name)
            self.spark.sql(f"CREATE SCHEMA IF NOT EXISTS {identifier.rpartition('.')[0]}")
        with self._delta_settings({"commitInfo.userMetadata": json.dumps(self._about({}), sort_keys=True)}):
            self.spark.sql(ddl(table, identifier))

    @contextmanager
    def _delta_settings(self, settings: Mapping[str, str]) -> Iterator[None]:
        """Settings of the session that Delta's statements read; one statement at a time has them."""
        with _SETTINGS:
            for key, value in settings.items():
                self.spark.conf.set(f"spark.databricks.delta.{key}", value)
            try:
                yield
            finally:
                for key in settings:
                    self.spark.conf.unset(f"spark.databricks.delta.{key}")

    def _about(self, about: Mapping[str, object]) -> dict[str, object]:
        """What a commit says of itself, `write` being a mark that no other commit has."""
        mark = f"{self.writer}-{next(self._numbers)}"
        return {"run_id": self.run_id, "write": mark, **(self.about or {}), **about}

    def _write(
        self,
        name: str,
        rows: DataFrame,
        table: Table,
        predicate: str | None,
        transaction: Transaction | None,
        about: Mapping[str, object],
    ) -> int:
        told = self._about(about)

        def write() -> None:
            if not (there := self.exists(name)):
                self.create(table)
            writer = ordered(rows, table).write.format("delta")
            writer = writer.option("userMetadata", json.dumps(told, sort_keys=True))
            if transaction is not None:
                writer = writer.options(**transaction.options)
            if added_columns(self, table):
                writer = writer.option("mergeSchema", "true")
            if predicate is not None and there:
                writer = writer.mode("overwrite").option("replaceWhere", predicate)
            else:
                writer = writer.mode("append")
            if is_catalog(self.root):
                writer.saveAsTable(self._identifier(name))
            else:
                writer.save(self.path(name))

        return self._committed(name, commit(self, name, write, str(told["write"])), transaction)

    def _identifier(self, name: str) -> str:
        catalog, prefix = self.root.split(".", 1)
        layer, table = name.split("/", 1)
        return ".".join("`" + part.replace("`", "``") + "`" for part in (catalog, f"{prefix}_{layer}", table))


def _completed(name: str, rows: DataFrame) -> DataFrame:
    """The rows with the columns that the table has got since they were written, null."""
    from pyspark.sql import functions as F

    columns = TABLES[name].columns if name in TABLES else ()
    missing = {c.name: F.lit(None).cast(c.type) for c in columns if c.name not in rows.columns}
    return rows.withColumns(missing) if missing else rows
