"""Reading the tables of a lake: by path in a folder, by name in a catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.lake.address import canonical, is_catalog, is_local
from decantry.jobs.lake.commits import Commit
from decantry.jobs.lake.few_rows import few_rows
from decantry.jobs.lake.without_spark import commits_of, may_have, partitions_of, rows_of, values_of, version_of
from decantry.jobs.process.spark import F
from decantry.jobs.store.retries import retried
from decantry.jobs.store.s3_store import s3_any, s3_folders
from decantry.schemas.catalogue import TABLES

if TYPE_CHECKING:
    from delta.tables import DeltaTable
    from pyspark.sql import DataFrame, Row, SparkSession


@dataclass(frozen=True)
class Tables:
    """The tables of the lake at `uri`, which `spark` reads."""

    spark: SparkSession
    uri: str

    @cached_property
    def root(self) -> str:
        """The lake's address, absolute if it is a local folder."""
        return canonical(self.uri)

    def exists(self, name: str) -> bool:
        """Whether the table has been created."""
        from delta.tables import DeltaTable

        if is_catalog(self.root):
            return self.spark.catalog.tableExists(self._identifier(name))
        if is_local(self.root):
            # a run that died while creating the table may have left an empty log
            return any((Path(self.path(name)) / "_delta_log").glob("*.json"))
        if self.root.startswith("s3a://"):
            # Delta's cache may be older than a commit whose answer was lost
            log = f"{self.path(name)}/_delta_log/0"
            return retried(log, lambda: s3_any(log))
        return DeltaTable.isDeltaTable(self.spark, self.path(name))

    def names(self, layer: str) -> list[str]:
        """The existing tables of a layer, without the layer's name, sorted."""
        if is_catalog(self.root):
            schema, _, _ = self._identifier(f"{layer}/x").rpartition(".")
            if not self.spark.catalog.databaseExists(schema):
                return []
            rows = self.spark.sql(f"SHOW TABLES IN {schema}").where("NOT isTemporary").collect()
            return sorted(row["tableName"] for row in rows)
        if is_local(self.root):
            found = [folder.name for folder in Path(self.path(layer)).glob("*") if folder.is_dir()]
        else:
            folder = f"{self.path(layer)}/"
            found = retried(folder, lambda: s3_folders(folder))
        return sorted(name for name in found if self.exists(f"{layer}/{name}"))

    def path(self, name: str) -> str:
        """The folder of the table (or of a staging area) in a lake that is a folder."""
        return f"{self.root}/{name}"

    def read(self, name: str) -> DataFrame:
        """The table's newest rows; an empty frame with the table's columns if it does not exist."""
        if not self.exists(name):
            return few_rows(self.spark, TABLES[name], [])
        if is_catalog(self.root):
            return _completed(name, self.spark.table(self._identifier(name)))
        return _completed(name, self.spark.read.format("delta").load(self.path(name)))

    def rows(self, name: str, where: str = "true", columns: Sequence[str] = ()) -> list[Row]:
        """The rows of a small table that satisfy `where`, in these `columns` (all by default).

        If the lake is a folder, this needs no Spark job.
        """
        from pyspark.sql import Row

        if is_catalog(self.root):
            return self.read(name).where(where).select(*(columns or "*")).collect()
        return [Row(**row) for row in rows_of(self.root, name, where, columns)] if self.exists(name) else []

    def read_version(self, name: str, version: int) -> DataFrame:
        """The table's rows at `version`, which later writes do not change."""
        if is_catalog(self.root):
            rows = self.spark.sql(f"SELECT * FROM {self._identifier(name)} VERSION AS OF {int(version)}")
        else:
            rows = self.spark.read.format("delta").option("versionAsOf", int(version)).load(self.path(name))
        return _completed(name, rows)

    def version(self, name: str) -> int | None:
        """The table's newest version; None if it does not exist."""
        if not is_catalog(self.root):
            return version_of(self.root, name)
        if not self.exists(name):
            return None
        return int(self.delta(name).history(1).select("version").collect()[0]["version"])

    def state(self, name: str) -> int:
        """The table's newest version; -1 if it does not exist."""
        version = self.version(name)
        return -1 if version is None else version

    def commits(self, name: str, after: int) -> list[Commit]:
        """The commits of the table after the version `after`, oldest first; none if it does not exist."""
        if not is_catalog(self.root):
            return commits_of(self.root, name, after)
        if not self.exists(name):
            return []
        columns = ("version", "operation", "userMetadata", "operationMetrics")
        rows = self.delta(name).history().where(f"version > {int(after)}").select(*columns).orderBy("version").collect()
        return [Commit.of(row.asDict()) for row in rows]

    def partitions(self, name: str, column: str) -> list[str]:
        """The values of a partition column, sorted. If the lake is a folder, this needs no Spark job."""
        if not is_catalog(self.root):
            return partitions_of(self.root, name, column)
        return sorted(row[column] for row in self.read(name).select(column).distinct().collect())

    def values(self, name: str, column: str) -> list[str]:
        """The distinct values of a column with few values, sorted; from the log's statistics if they suffice."""
        found = None if is_catalog(self.root) else values_of(self.root, name, column)
        if found is None:
            rows = self.read(name).select(column).distinct().collect()
            found = {row[column] for row in rows if row[column] is not None}
        return sorted(found)

    def may_have(self, name: str, column: str, values: Sequence[str]) -> bool:
        """Whether the table may have one of the strings in the column. False only if its log excludes all of them."""
        return is_catalog(self.root) or may_have(self.root, name, column, values)

    def delta(self, name: str) -> DeltaTable:
        """The existing table as a DeltaTable."""
        from delta.tables import DeltaTable

        if is_catalog(self.root):
            return DeltaTable.forName(self.spark, self._identifier(name))
        return DeltaTable.forPath(self.spark, self.path(name))

    def _identifier(self, name: str) -> str:
        catalog, prefix = self.root.split(".", 1)
        layer, table = name.split("/", 1)
        return ".".join("`" + part.replace("`", "``") + "`" for part in (catalog, f"{prefix}_{layer}", table))


def _completed(name: str, rows: DataFrame) -> DataFrame:
    """The rows with null in the columns that were added to the table after they were written."""
    columns = TABLES[name].columns if name in TABLES else ()
    missing = {c.name: F.lit(None).cast(c.type) for c in columns if c.name not in rows.columns}
    return rows.withColumns(missing) if missing else rows
