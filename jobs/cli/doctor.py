"""decantry doctor: check that this machine has everything that a run needs."""

from __future__ import annotations

from typing import Annotated

import typer

from decantry.jobs.cli.app import app
from decantry.jobs.explore.doctor import findings


@app.command(name="doctor")
def command(
    lake: Annotated[str | None, typer.Option("--lake", envvar="DECANTRY_LAKE", help="Also check this lake.")] = None,
) -> None:
    """Check Python, Java, Spark, jars, lists, models, disk and memory, and say how to fix what is wrong.

    Ends with code 3 if something that a run needs is missing.

    Example: `decantry doctor --lake my-lake`
    """
    found = list(findings(lake))
    for each in found:
        print(f"{'ok  ' if each.ok else 'FAIL' if each.needed else 'note'}  {each.what:<18}{each.message}")
    if any(each.needed and not each.ok for each in found):
        raise typer.Exit(3)
