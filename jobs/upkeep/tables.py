"""The tables that upkeep works on, and how long it keeps their old files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.schemas import corpus
from decantry.schemas.catalogue import TABLES
from decantry.schemas.table import Column, Table

if TYPE_CHECKING:
    from decantry.jobs.lake.lake import Lake

FLOOR_DAYS = 7
"""Old files are kept for at least this many days, because readers of old versions and rollbacks need them."""


def tables_of(lake: Lake) -> list[Table]:
    """The existing tables: those of every lake, and the corpora, published or not."""
    corpora = [_corpus_table(lake, name) for name in lake.names("gold")]
    return [table for table in (*TABLES.values(), *corpora) if lake.exists(table.name)]


def _corpus_table(lake: Lake, recipe: str) -> Table:
    """The table of a recipe's corpus with its actual columns, including those that steps have added."""
    name = corpus.table_name(recipe)
    base = {column.name for column in corpus.BASE}
    fields = lake.delta(name).toDF().schema.fields
    added = (Column(f.name, f.dataType.simpleString(), "") for f in fields if f.name not in base)
    return corpus.corpus(recipe, tuple(added))
