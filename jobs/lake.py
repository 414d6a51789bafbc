"""The lake: where a table lies, and how it is read and written."""

from __future__ import annotations

import itertools
import json
import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from decantry.jobs.commits import Transaction, commit
from decantry.jobs.commits.local_log import newest_commits
from decantry.jobs.commits.schema import added_columns, ordered
from decantry.jobs.few_rows import few_rows
from decantry.jobs.lake_address import canonical, is_catalog, is_local
from decantry.jobs.light import rows_of
from decantry.schemas.catalogue import TABLES
from decantry.schemas.table import Table, delta_properties

if TYPE_CHECKING:
    from concurrent.futures import Future

    from delta.tables import DeltaMergeBuilder, DeltaTable
    from pyspark.sql import DataFrame, Row, SparkSession

    from decantry.jobs.commits.claims import Held

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
    claims: dict[str, Held] = field(default_factory=dict, repr=False, compare=False)
    """What this lake's run may write and others may not; see decantry.jobs.commits.claims."""
    acting: set[Future[object]] = field(default_factory=set, repr=False, compare=False)
    """The commits that are under way."""
    interrupted: Event = field(default_factory=Event, repr=False, compare=False)
    """Whether the run has been interrupted: then its threads begin no commit more."""
    _numbers: Iterator[int] = field(default_factory=lambda: itertools.count(1), repr=False, compare=False)

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
            from decantry.jobs.sources.patience import retried
            from decantry.jobs.sources.s3_store import s3_any

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
            from decantry.jobs.sources.patience import retried
            from decantry.jobs.sources.s3_store import s3_folders

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
        """The table's newest version; null where it does not exist."""
        if not self.exists(name):
            return None
        return self.newest_commits(name, 1)[0][0]

    def state(self, name: str) -> int:
        """The table's newest version; NOT_THERE where it does not exist."""
        version = self.version(name)
        return NOT_THERE if version is None else version

    def newest_commits(self, name: str, count: int) -> list[tuple[int, str]]:
        """The versions of the table, which is there, and their user metadata: `count` at most, the newest first."""
        if is_local(self.root):
            return newest_commits(Path(self.path(name)), count)
        rows = self.delta(name).history(count).select("version", "userMetadata").collect()
        return [(int(row["version"]), row["userMetadata"] or "") for row in rows]

    def merge_into(self, name: str, rows: DataFrame, condition: str) -> DeltaMergeBuilder:
        """A merge of `rows` (`s`) into the table (`t`), to be given its clauses and then to `execute`."""
        return self.delta(name).alias("t").merge(rows.alias("s"), condition)

    def execute(self, name: str, merge: DeltaMergeBuilder) -> int:
        """Run the merge in one commit and return the version that has it."""
        return self.change(name, lambda table: merge.execute())

    def delta(self, name: str) -> DeltaTable:
        """The table as Delta's own object; the table is there."""
        from delta.tables import DeltaTable

        if is_catalog(self.root):
            return DeltaTable.forName(self.spark, self._identifier(name))
        return DeltaTable.forPath(self.spark, self.path(name))

    def transaction(self, job: str, table: str, crawls: Sequence[str], config_hash: str) -> Transaction:
        """The next write of a job's to the table, as Delta is to know it."""
        return Transaction.of(job, table, crawls, config_hash, self.writer, next(self._numbers))

    def append(self, name: str, rows: DataFrame, table: Table | None = None, as_: Transaction | None = None) -> int:
        """Add `rows` to the table and return the version that has them; columns follow the table's order."""
        return self._write(name, rows, table or TABLES[name], None, as_)

    def replace(
        self, name: str, rows: DataFrame, predicate: str, table: Table | None = None, as_: Transaction | None = None
    ) -> int:
        """Put `rows` in the place of those that satisfy `predicate`, in one commit; return its version."""
        return self._write(name, rows, table or TABLES[name], predicate, as_)

    def change(self, name: str, act: Callable[[DeltaTable], object]) -> int:
        """Do one of Delta's own operations on the table, which is there, and return the version that has it."""
        mark = f"{self.writer}-{next(self._numbers)}"
        key = "spark.databricks.delta.commitInfo.userMetadata"

        def do() -> None:
            self.spark.conf.set(key, json.dumps({"run_id": self.run_id, "write": mark, **(self.about or {})}))
            try:
                act(self.delta(name))
            finally:
                self.spark.conf.unset(key)

        return commit(self, name, do, json.dumps(mark))

    def _write(
        self, name: str, rows: DataFrame, table: Table, predicate: str | None, transaction: Transaction | None
    ) -> int:
        number = next(self._numbers)
        transaction = transaction or Transaction.of("write", name, [], "", self.writer, number)
        mark = f"{self.writer}-{number}"
        told = {"run_id": self.run_id, "write": mark, "transaction": transaction.name, **(self.about or {})}

        def write() -> None:
            there = self.exists(name)
            writer = ordered(rows, table).write.format("delta").options(**transaction.options)
            writer = writer.option("userMetadata", json.dumps(told, sort_keys=True))
            if added_columns(self, table):
                writer = writer.option("mergeSchema", "true")
            if predicate is not None and there:
                writer = writer.mode("overwrite").option("replaceWhere", predicate)
            else:
                writer = writer.mode("append")
            if not there:
                writer = writer.options(**delta_properties(table))
            if table.partition_by and not there:
                writer = writer.partitionBy(*table.partition_by)
            if is_catalog(self.root):
                if not there:
                    schema, _, _ = self._identifier(name).rpartition(".")
                    self.spark.sql(f"CREATE SCHEMA IF NOT EXISTS {schema}")
                writer.saveAsTable(self._identifier(name))
            else:
                writer.save(self.path(name))

        return commit(self, name, write, json.dumps(mark))

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


def literal(value: Any) -> str:
    """`value` as a SQL string literal, for predicates that Delta takes as text."""
    return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"
