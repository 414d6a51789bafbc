"""Whether an existing table has the columns that this version writes, and which columns to add."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from decantry.jobs.process.errors import UserError
from decantry.schemas import corpus
from decantry.schemas.catalogue import TABLES
from decantry.schemas.table import Column, Table, spark_type

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

    from decantry.jobs.lake.lake import Lake

_REFUSAL = re.compile(r"\[(?:DELTA_NOT_NULL_CONSTRAINT_VIOLATED|DELTA_VIOLATE_CONSTRAINT_WITH_VALUES)\]\s*([^\n]*)")


def refusal(error: Exception) -> str | None:
    """Delta's message about a row that violates a constraint, without the row's values; None for another error."""
    match = _REFUSAL.search(str(error))
    return match[1].removesuffix(" with values:").rstrip(".") if match else None


def require_fits(lake: Lake, tables: Sequence[Table]) -> None:
    """Raise UserError if this version cannot write one of the tables. Call it before anything is written."""
    for table in tables:
        added_columns(lake, table)


def added_columns(lake: Lake, table: Table) -> list[str]:
    """The columns that Delta will add to the table with the next write; empty if the table does not exist.

    Raises UserError if a column has another type, or if the table has a column that is not known. A corpus may have
    such columns, because its recipe may change.
    """
    if not lake.exists(table.name):
        return []
    existing = {field.name: field.dataType.simpleString() for field in lake.delta(table.name).toDF().schema.fields}
    wanted = {column.name: spark_type(column.type).simpleString() for column in table.columns}
    advice = "nothing was written: use the version of decantry that made this lake, or a new lake"
    for name, kind in wanted.items():
        if existing.get(name, kind) != kind:
            raise UserError(
                f"{table.name} in {lake.uri} has the column {name} as {existing[name]}, not {kind}; {advice}"
            )
    unknown = [name for name in existing if name not in wanted]
    if unknown and table.name in TABLES:
        raise UserError(f"{table.name} in {lake.uri} has a column {unknown[0]}, which is not known here; {advice}")
    return [name for name in wanted if name not in existing]


def existing_corpus(lake: Lake, recipe: str) -> Table:
    """The table of a recipe's corpus with its actual columns, including those that steps have added."""
    base = {column.name for column in corpus.BASE}
    fields = lake.delta(corpus.table_name(recipe)).toDF().schema.fields
    added = (Column(f.name, f.dataType.simpleString(), "") for f in fields if f.name not in base)
    return corpus.corpus(recipe, tuple(added))


def ordered(rows: DataFrame, table: Table) -> DataFrame:
    """The table's columns, in its order."""
    return rows.select(*(f"`{name}`" for name in table.column_names))
