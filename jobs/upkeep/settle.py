"""Publications made to name the newest versions of their tables, so that upkeep may change those."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from decantry.jobs.curate.bring_back import bring_back
from decantry.jobs.lake import Lake, literal
from decantry.jobs.published import current
from decantry.schemas import corpus, cuts, publications, verdicts
from decantry.schemas.table import Column, Table, struct_type

if TYPE_CHECKING:
    from pyspark.sql import Row


def settle(lake: Lake) -> list[Row]:
    """The current publications, each now true of the newest version of its tables, and naming that.

    Where a run died while it published, or a publication was rolled back, the newest rows are not the published
    ones: those are written again. The lake is claimed.
    """
    rows = current(lake)
    for name in sorted({row["recipe"] for row in rows}):
        bring_back(lake, corpus_table(lake, name), [row for row in rows if row["recipe"] == name])
    return point(lake, rows)


def point(lake: Lake, rows: Sequence[Row]) -> list[Row]:
    """The publications of `rows`, written with the newest versions of their tables where they name others."""
    told = pointed(lake, rows)
    if told != [row.asDict() for row in rows]:
        write(lake, told)
    return current(lake)


def pointed(lake: Lake, rows: Sequence[Row]) -> list[dict[str, object]]:
    """The publications of `rows` with the newest versions of their tables."""
    named = {verdicts.TABLE.name, cuts.TABLE.name, *(corpus_name(row) for row in rows)}
    newest = {name: lake.version(name) for name in named}
    return [
        {
            **row.asDict(),
            "verdicts_version": newest[verdicts.TABLE.name],
            "corpus_version": newest[corpus_name(row)],
            "cuts_version": None if row["cuts_version"] is None else newest[cuts.TABLE.name],
        }
        for row in rows
    ]


def write(lake: Lake, rows: Sequence[Mapping[str, object]]) -> None:
    """Put the publications in the place of those of the same recipe, crawl and hash, in one commit."""
    columns = publications.TABLE.column_names
    frame = lake.spark.createDataFrame(
        [tuple(row[c] for c in columns) for row in rows], struct_type(publications.TABLE)
    )
    lake.replace(publications.TABLE.name, frame.coalesce(1), " OR ".join(f"({of_verdicts(row)})" for row in rows))


def corpus_name(row: Row | Mapping[str, object]) -> str:
    """The corpus table of a publication."""
    return corpus.table_name(str(row["recipe"]))


def of_corpus(row: Row | Mapping[str, object]) -> str:
    """The rows of a publication in its corpus table, as a predicate."""
    return f"dump = {literal(row['crawl'])}"


def of_verdicts(row: Row | Mapping[str, object]) -> str:
    """The rows of a publication in silver/verdicts and ops/publications, as a predicate."""
    return " AND ".join(f"{name} = {literal(row[name])}" for name in ("recipe", "recipe_hash", "crawl"))


def corpus_table(lake: Lake, recipe: str) -> Table:
    """The table of a recipe's corpus (or of that name) as it stands, whatever the recipe's steps have added."""
    name = corpus.table_name(recipe)
    base = {column.name for column in corpus.BASE}
    fields = lake.delta(name).toDF().schema.fields
    return corpus.corpus(
        recipe, tuple(Column(f.name, f.dataType.simpleString(), "") for f in fields if f.name not in base)
    )
