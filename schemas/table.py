"""The model of a table: columns with type, unit and description, and everything that is derived from them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyspark.sql.types import DataType, StructType

PRIVATE = ("text", "url", "host", "domain", "detail")
"""Columns with a page's content or address."""
_COUNTED = ("string", "int", "bigint", "double", "timestamp")
_NESTED = re.compile(r"(array|map|struct)<(.*)>")


@dataclass(frozen=True)
class Column:
    """One column: its name, Spark SQL type, description, unit if it has one, and whether null is allowed."""

    name: str
    type: str
    about: str
    unit: str | None = None
    nullable: bool = True


@dataclass(frozen=True)
class Table:
    """One table of the lake.

    `name` is `<layer>/<table>`. `key` names the columns that identify a row. `partition_by` names the partition
    columns, and `cluster_by` the columns by which `maintain` clusters each partition. `constraints` maps a name to a
    SQL predicate that every row satisfies; Delta refuses other rows. `properties` are Delta table properties in
    addition to those of every table.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    partition_by: tuple[str, ...] = ()
    cluster_by: tuple[str, ...] = ()
    constraints: dict[str, str] = field(default_factory=dict)
    properties: dict[str, str] = field(default_factory=dict)

    @property
    def column_names(self) -> list[str]:
        """The columns' names in order."""
        return [column.name for column in self.columns]


def delta_properties(table: Table) -> dict[str, str]:
    """The table's Delta properties.

    Statistics stay in Delta's log, so they leave out columns with pages' content. Deletion vectors, which a platform
    may turn on, are off: with them, removed rows would stay in files that vacuum keeps. Delta writes large tables in
    files of a good size, and compacts the small files of ops tables.
    """
    with_statistics = [
        column.name
        for column in table.columns
        if column.type in _COUNTED and column.name not in (*PRIVATE, *table.partition_by)
    ]
    fixed = {"delta.enableDeletionVectors": "false"}
    if table.partition_by:
        fixed["delta.autoOptimize.optimizeWrite"] = "true"
    if table.name.startswith("ops/"):
        fixed["delta.autoOptimize.autoCompact"] = "true"
    return {
        "delta.dataSkippingStatsColumns": ",".join(f"`{name}`" for name in with_statistics),
        **fixed,
        **table.properties,
    }


def struct_type(table: Table) -> StructType:
    """The table's columns as a Spark StructType, with description and unit as comments."""
    from pyspark.sql.types import StructField, StructType

    return StructType(
        [StructField(c.name, spark_type(c.type), c.nullable, {"comment": comment(c)}) for c in table.columns]
    )


def comment(column: Column) -> str:
    """The column's description, followed by its unit in brackets if it has one."""
    return f"{column.about} [{column.unit}]" if column.unit else column.about


def ddl(table: Table, identifier: str) -> str:
    """The CREATE TABLE statement for `identifier` (already quoted): comments, constraints, partitions, properties."""
    lines = [
        f"  `{c.name}` {c.type}{'' if c.nullable else ' NOT NULL'} COMMENT {literal(comment(c))}" for c in table.columns
    ]
    parts = [f"CREATE TABLE IF NOT EXISTS {identifier} (", ",\n".join(lines), ") USING delta"]
    if table.partition_by:
        parts.append(f"PARTITIONED BY ({', '.join(f'`{name}`' for name in table.partition_by)})")
    parts.append(f"COMMENT {literal(table.about)}")
    checks = {f"delta.constraints.{name}": predicate for name, predicate in table.constraints.items()}
    pairs = ", ".join(f"{literal(k)} = {literal(v)}" for k, v in sorted((delta_properties(table) | checks).items()))
    parts.append(f"TBLPROPERTIES ({pairs})")
    return "\n".join(parts)


def literal(value: Any) -> str:
    """The value as a string literal in SQL, for predicates that Delta takes as text."""
    return "'" + str(value).replace("\\", "\\\\").replace("'", "\\'") + "'"


def spark_type(name: str) -> DataType:
    """The Spark type with this name, found without a session. Raises ValueError for a name that no table uses."""
    from pyspark.sql import types as t

    simple: dict[str, type[DataType]] = {
        "string": t.StringType,
        "int": t.IntegerType,
        "bigint": t.LongType,
        "double": t.DoubleType,
        "boolean": t.BooleanType,
        "timestamp": t.TimestampType,
        "binary": t.BinaryType,
    }
    if name in simple:
        return simple[name]()
    match = _NESTED.fullmatch(name)
    if match is None:
        raise ValueError(f"unknown column type {name!r}")
    outer, inner = match.groups()
    parts = _split(inner)
    if outer == "array":
        return t.ArrayType(spark_type(inner))
    if outer == "map":
        return t.MapType(spark_type(parts[0]), spark_type(parts[1]))
    pairs = [part.split(":", 1) for part in parts]
    return t.StructType([t.StructField(field_name.strip(), spark_type(kind.strip())) for field_name, kind in pairs])


def _split(inner: str) -> list[str]:
    """Split at the commas outside `<>`."""
    parts, depth = [""], 0
    for char in inner:
        depth += (char == "<") - (char == ">")
        if char == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part.strip() for part in parts]
