"""decantry tables: list a lake's tables and describe their columns."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated

import typer

from decantry.jobs.cli.app import app
from decantry.jobs.lake.without_spark import tables_of
from decantry.jobs.process.errors import UserError
from decantry.jobs.recipe.load import load, shipped
from decantry.jobs.recipe.model import RECIPE_NAME
from decantry.schemas.catalogue import TABLES
from decantry.schemas.corpus import corpus, table_name
from decantry.schemas.table import Table


@app.command(name="tables")
def command(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="A table, with or without its layer.")] = None,
    lake: Annotated[
        str | None,
        typer.Option(
            "--lake", envvar="DECANTRY_LAKE", help="Also show the versions and row counts of this lake's tables."
        ),
    ] = None,
) -> None:
    """List the tables, or the columns of one table. Does not start Spark.

    Example: `decantry tables verdicts`
    """
    if name is not None:
        found = [table for table in TABLES.values() if name in (table.name, table.name.split("/")[1])]
        if not found and name.startswith("gold/"):
            found = [_corpus(name)]
        if not found:
            raise UserError(f"there is no table {name}: use one of {', '.join(TABLES)}, or gold/RECIPE")
        _columns(found[0])
        return
    sizes = _sizes(lake) if lake else {}
    for each in [*TABLES, *sorted(set(sizes) - set(TABLES))]:
        about = TABLES[each].about if each in TABLES else "A published corpus."
        print(f"{each:<20}{sizes.get(each, '' if not lake else 'not there'):<26}{about}".rstrip())


def _corpus(name: str) -> Table:
    """The corpus table of a shipped recipe, else the columns that every corpus has.

    Raises UserError for a name that no recipe can have.
    """
    recipe = name.removeprefix("gold/")
    if not re.fullmatch(RECIPE_NAME, recipe):
        raise UserError(f"there is no table {name}: write a recipe's name after gold/, like {', '.join(shipped())}")
    if (known := next((own for own in shipped() if table_name(own) == table_name(recipe)), None)) is not None:
        return load(known).corpus()
    about = "The columns of every corpus. No shipped recipe has this name; the steps of your recipe may add columns."
    return replace(corpus(recipe, ()), about=about)


def _columns(table: Table) -> None:
    print(f"{table.name}: {table.about}\nkey: {', '.join(table.key)}")
    width = max(len(column.name) for column in table.columns) + 2
    for column in table.columns:
        unit = f" [{column.unit}]" if column.unit else ""
        print(f"  {column.name:<{width}}{column.type:<20}{column.about}{unit}")


def _sizes(lake: str) -> dict[str, str]:
    """Each table's version and number of rows, read from the Delta log."""
    return {name: f"v{version}, {rows:,} rows" for name, version, rows in tables_of(lake)}
