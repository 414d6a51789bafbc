"""The tables that upkeep goes through, and how long it keeps what they have given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from decantry.schemas import corpus
from decantry.schemas.catalogue import TABLES
from decantry.schemas.table import Column, Table

if TYPE_CHECKING:
    from decantry.jobs.lake.lake import Lake

FLOOR_DAYS = 7
"""Files that a table has given up are kept at least so long: readers of old versions, and rollbacks, need them."""


def tables_of(lake: Lake) -> list[Table]:
    """The tables that are there: those that every lake has, and the corpora, published or not."""
    corpora = [_corpus_table(lake, name) for name in lake.names("gold")]
    return [table for table in (*TABLES.values(), *corpora) if lake.exists(table.name)]


def _corpus_table(lake: Lake, recipe: str) -> Table:
    """The table of a recipe's corpus as it stands, whatever the recipe's steps have added."""
    name = corpus.table_name(recipe)
    base = {column.name for column in corpus.BASE}
    fields = lake.delta(name).toDF().schema.fields
    added = (Column(f.name, f.dataType.simpleString(), "") for f in fields if f.name not in base)
    return corpus.corpus(recipe, tuple(added))
