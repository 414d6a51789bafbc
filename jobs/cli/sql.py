"""decantry sql: query the lake once, or at a prompt."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from decantry.jobs.cli.app import LakeOption, app
from decantry.jobs.cli.context import open_lake
from decantry.jobs.cli.prompt import prompt
from decantry.jobs.cli.rows import FORMATS, write
from decantry.jobs.explore import sql
from decantry.jobs.process.errors import UserError

DEFAULT_ROWS = 20


@app.command(name="sql")
def command(
    lake: LakeOption,
    query: Annotated[str | None, typer.Argument(metavar="[QUERY]", help="A query. Default: open a prompt.")] = None,
    output: Annotated[str, typer.Option("--output", "-o", help="The format: table, csv or json.")] = "table",
    limit: Annotated[
        int | None, typer.Option("--limit", min=0, max=2**31 - 2, help="Show at most this many rows.")
    ] = None,
) -> None:
    """Query the lake's tables with SQL, read-only.

    Use the names of the tables: documents, verdicts, rejects, inputs, checks, publications. A corpus has the name of
    its recipe, with _ for -. `--output table` shows 20 rows unless you give --limit; csv and json show all rows.

    Example: `decantry sql "select removed_by, count(*) n from verdicts group by 1 order by n desc" --lake my-lake`
    """
    if output not in FORMATS:
        raise UserError(f"--output is {output}: use one of {', '.join(FORMATS)}")

    if query is not None:
        sql.require_reading(query)
    opened = open_lake(lake, write=False, lasting=query is None)
    if query is None:
        prompt(opened, sql.names(opened), output, DEFAULT_ROWS if limit is None else limit, sql.query)
        return
    shown = DEFAULT_ROWS if limit is None and output == "table" else limit
    write(sql.query(opened, query), output, shown, sys.stdout)
