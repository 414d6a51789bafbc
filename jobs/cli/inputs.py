"""decantry inputs: list the inputs of a lake, or the files of an input."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from decantry.jobs.cli.app import app
from decantry.jobs.lake.without_spark import rows_of
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.terminal import counted, harmless
from decantry.jobs.sources import find


@app.command(name="inputs")
def command(
    lake: Annotated[
        str | None, typer.Option("--lake", envvar="DECANTRY_LAKE", help="List the inputs that this lake has read.")
    ] = None,
    input: Annotated[
        list[str] | None,
        typer.Option("--input", "-i", help="List the files that this input names (repeat for several)."),
    ] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="List at most this many files.")] = None,
) -> None:
    """List a lake's inputs with status and counts, or the files that an --input names. Does not start Spark.

    Example: `decantry inputs --lake my-lake`
    """
    if input:
        passed: list[str] = []
        found = find(input, limit, passed.append)
        for source in found:
            size = f"{Path(source.uri).stat().st_size:,}" if Path(source.uri).is_file() else "-"
            print(harmless(f"{size:>14}  {source.path}"))
        print(counted(len(found), "file"))
        for line in passed:
            print(harmless(line))
        return
    if lake is None:
        raise UserError("nothing to list: name a lake with --lake, or inputs with --input")

    rows = sorted(rows_of(lake, "ops/inputs"), key=lambda row: (row["crawl"], row["path"]))
    for row in rows[:limit]:
        counts = (
            f"{row['records'] or 0:>8,} records {row['documents'] or 0:>8,} documents {row['rejects'] or 0:>6,} rejects"
        )
        noted = ", ".join(f"{what} {count:,}" for what, count in dict(row["noted"] or ()).items())
        details = "; ".join(filter(None, [row["error"], noted]))
        print(harmless(f"{row['status']:<8}{counts}  {row['crawl']}  {row['path']}  {details}".rstrip()))
    print(counted(len(rows), "file"))
