"""The lake: where a table lies, and how it is read and written."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from decantry.jobs.errors import UserError
from decantry.jobs.few_rows import few_rows
from decantry.schemas.catalogue import TABLES
from decantry.schemas.table import Table

if TYPE_CHECKING:
    from delta.tables import DeltaMergeBuilder, DeltaTable
    from pyspark.sql import DataFrame, SparkSession

_CATALOG = re.compile(r"[A-Za-z_]\w*\.[A-Za-z_]\w*")
_SCHEMES = ("s3a://", "file:/")


@dataclass(frozen=True)
class Lake:
    """A lake that `spark` reads and writes; every commit names `run_id` and `about` (recipe hash, code version)."""

    spark: SparkSession
    uri: str
    run_id: str
    about: Mapping[str, str] | None = None

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
            return (Path(self.path(name)) / "_delta_log").is_dir()
        return DeltaTable.isDeltaTable(self.spark, self.path(name))

    def path(self, name: str) -> str:
        """The folder of the table (or of a staging area) in a lake that is a folder."""
        return f"{self.root}/{name}"

    def read(self, name: str) -> DataFrame:
        """The table's newest rows; no rows, in the table's own columns, where it does not exist yet."""
        if not self.exists(name):
            return few_rows(self.spark, TABLES[name], [])
        if is_catalog(self.root):
            return self.spark.table(self._identifier(name))
        return self.spark.read.format("delta").load(self.path(name))

    def read_version(self, name: str, version: int) -> DataFrame:
        """The table's rows at `version`."""
        if is_catalog(self.root):
            return self.spark.sql(f"SELECT * FROM {self._identifier(name)} VERSION AS OF {int(version)}")
        return self.spark.read.format("delta").option("versionAsOf", int(version)).load(self.path(name))

    def version(self, name: str) -> int | None:
        """The table's newest version; null where it does not exist."""
        if not self.exists(name):
            return None
        return int(self._table(name).history(1).select("version").first()[0])  # type: ignore[index]

    def commits_after(self, name: str, version: int) -> list[tuple[str, str | None]]:
        """The operation and the run of each commit after `version`, newest first."""
        later = self._table(name).history().where(f"version > {int(version)}")
        rows = later.select("operation", "userMetadata").collect()
        return [(row["operation"], json.loads(row["userMetadata"] or "{}").get("run_id")) for row in rows]

    def merge_into(self, name: str, rows: DataFrame, condition: str) -> DeltaMergeBuilder:
        """A merge of `rows` (`s`) into the table (`t`), to be given its clauses and then to `execute`."""
        return self._table(name).alias("t").merge(rows.alias("s"), condition)

    def execute(self, name: str, merge: DeltaMergeBuilder) -> int:
        """Run the merge in one commit and return the version that has it."""
        key = "spark.databricks.delta.commitInfo.userMetadata"
        self.spark.conf.set(key, self._metadata())
        try:
            merge.execute()
        finally:
            self.spark.conf.unset(key)
        version = self.version(name)
        assert version is not None
        return version

    def _table(self, name: str) -> DeltaTable:
        from delta.tables import DeltaTable

        if is_catalog(self.root):
            return DeltaTable.forName(self.spark, self._identifier(name))
        return DeltaTable.forPath(self.spark, self.path(name))

    def _metadata(self) -> str:
        return json.dumps({"run_id": self.run_id, **(self.about or {})}, sort_keys=True)

    def append(self, name: str, rows: DataFrame, table: Table | None = None) -> int:
        """Add `rows` to the table and return the version that has them; columns follow the table's order."""
        return self._write(name, rows, table or TABLES[name], {})

    def replace(self, name: str, rows: DataFrame, predicate: str, table: Table | None = None) -> int:
        """Put `rows` in the place of those that satisfy `predicate`, in one commit; return its version."""
        if not self.exists(name):
            return self.append(name, rows, table)
        return self._write(name, rows, table or TABLES[name], {"replaceWhere": predicate}, mode="overwrite")

    def _write(self, name: str, rows: DataFrame, table: Table, options: dict[str, str], mode: str = "append") -> int:
        ordered = rows.select(*(rows[f"`{column}`"] for column in table.column_names))
        writer = ordered.write.format("delta").mode(mode).options(**options)
        writer = writer.option("userMetadata", self._metadata())
        if not self.exists(name):
            writer = writer.options(**table.properties)
            if table.partition_by:
                writer = writer.partitionBy(*table.partition_by)
        if is_catalog(self.root):
            writer.saveAsTable(self._identifier(name))
        else:
            writer.save(self.path(name))
        version = self.version(name)
        assert version is not None
        return version

    def _identifier(self, name: str) -> str:
        catalog, prefix = self.root.split(".", 1)
        layer, table = name.split("/", 1)
        return ".".join("`" + part.replace("`", "``") + "`" for part in (catalog, f"{prefix}_{layer}", table))


def is_catalog(uri: str) -> bool:
    """Whether `uri` names a Unity Catalog place, `catalog.prefix`, and not a folder."""
    return bool(_CATALOG.fullmatch(uri)) and not Path(uri).exists()


def is_local(uri: str) -> bool:
    """Whether `uri` is a folder of this machine."""
    return "://" not in uri and not uri.startswith("file:/") and not is_catalog(uri)


def canonical(uri: str) -> str:
    """`uri` without a trailing slash, absolute where it is local. Raises UserError for a scheme that is not known."""
    uri = uri.rstrip("/") if len(uri) > 1 else uri
    if uri.startswith("s3://"):
        return "s3a://" + uri.removeprefix("s3://")
    if "://" in uri and not uri.startswith(_SCHEMES):
        raise UserError(
            f"the lake {uri} has a scheme that is not known: use a folder, s3a://BUCKET/PATH or catalog.prefix"
        )
    if uri.startswith("file:/"):
        uri = "/" + uri.removeprefix("file:").lstrip("/")
    return str(Path(uri).absolute()) if is_local(uri) else uri


def require_usable(uri: str, *, write: bool) -> None:
    """Raise UserError, before Spark starts, where a local lake is a file, missing (to read) or read-only (to write)."""
    root = canonical(uri)
    if root.startswith("s3a://"):
        from decantry.jobs.s3a import require_reachable

        require_reachable(root, write=write)
    if not is_local(root):
        return
    folder = Path(root)
    if folder.exists() and not folder.is_dir():
        raise UserError(f"the lake {folder} is a file: name a folder")
    if not write:
        if not (folder / "ops").is_dir() and not (folder / "silver").is_dir():
            raise UserError(
                f"there is no lake at {folder}: make one with `decantry run RECIPE --input ... --lake {uri}`"
            )
        return
    nearest = next(place for place in (folder, *folder.parents) if place.exists())
    if not os.access(nearest, os.W_OK | os.X_OK) or _mounted_read_only(nearest):
        raise UserError(f"the lake {folder} is not writable: change its permissions or name another folder")


def _mounted_read_only(folder: Path) -> bool:
    return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)


def literal(value: Any) -> str:
    """`value` as a SQL string literal, for predicates that Delta takes as text."""
    return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"
