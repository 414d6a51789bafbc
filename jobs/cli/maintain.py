"""decantry maintain: compact and cluster the tables, and remove old files."""

from __future__ import annotations

from typing import Annotated

import typer

from decantry.jobs.cli.app import LakeOption, QuietOption, app
from decantry.jobs.cli.context import open_lake
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.progress import Progress
from decantry.jobs.upkeep.maintain import maintain
from decantry.jobs.upkeep.tables import FLOOR_DAYS

KeepDays = Annotated[
    int, typer.Option("--keep-days", max=36_500, help="For how many days to keep old versions; at least 7.")
]


@app.command(name="maintain")
def command(lake: LakeOption, keep_days: KeepDays = 7, quiet: QuietOption = False) -> None:
    """Compact and cluster every table, and remove files of old versions and rows of dead runs.

    The published corpora stay readable. You can no longer roll back to publications that were replaced more than
    --keep-days ago. Run it while nothing else writes. On a local lake, the command tells you if something does.

    Example: `decantry maintain --lake my-lake --keep-days 30`
    """
    if keep_days < FLOOR_DAYS:
        raise UserError(
            f"--keep-days is {keep_days}: use {FLOOR_DAYS} or more, because readers may need old files that long"
        )
    progress = Progress(quiet)
    opened = open_lake(lake, write=True, must_exist=True)
    with progress.watching(opened.spark):
        done = maintain(opened, keep_days, progress.tell)
    for each in done:
        now = f", now {each.files_after:,}" if each.compacted else ""
        print(f"{each.table:<20}{each.files_before:,} {'file' if each.files_before == 1 else 'files'}{now}")
    compacted = sum(each.compacted > 0 for each in done)
    print(f"{compacted} of {len(done)} tables compacted; files of old versions are removed after {keep_days} days")
