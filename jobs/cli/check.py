"""decantry check: the checks again, on what is published."""

from __future__ import annotations

from typing import Annotated

import typer

from decantry.jobs.cli.app import LakeOption, QuietOption, app


@app.command(name="check")
def command(
    recipe: Annotated[str, typer.Argument(metavar="RECIPE", help="A shipped recipe's name, or a YAML file.")],
    lake: LakeOption,
    quiet: QuietOption = False,
) -> None:
    """Try a recipe's checks, conservation and the schema on its published corpus; ends with 1 where one fails.

    Example: `decantry check fineweb --lake my-lake`
    """
    from decantry.jobs.checks.published import check
    from decantry.jobs.cli.context import open_lake
    from decantry.jobs.progress import Progress
    from decantry.jobs.recipe.load import load
    from decantry.jobs.tracking.place import place
    from decantry.jobs.tracking.report import checked
    from decantry.jobs.tracking.tracker import Tracker

    resolved = load(recipe)
    progress = Progress(quiet)
    opened = open_lake(lake, write=False)
    with progress.watching(opened.spark), Tracker(place(lake), f"check {resolved.recipe}", progress.tell) as tracker:
        results = check(opened, resolved, progress.tell)
        checked(tracker, results)
    held = sum(result.success for result in results)
    print(f"{held} of {len(results)} checks of {resolved.recipe} hold: see the table `checks`")
