"""decantry check: run the checks again, on a published corpus or on the whole lake."""

from __future__ import annotations

from typing import Annotated

import typer

from decantry.jobs.cli.app import LakeOption, QuietOption, app
from decantry.jobs.cli.context import open_lake, tracked
from decantry.jobs.cli.recipe_of import recipe_of
from decantry.jobs.process.progress import Progress
from decantry.jobs.run.job import check_tracked


@app.command(name="check")
def command(
    lake: LakeOption,
    recipe: Annotated[
        str | None, typer.Argument(metavar="[RECIPE]", help="A recipe, by name or file. Default: the whole lake.")
    ] = None,
    quiet: QuietOption = False,
) -> None:
    """Check a published corpus, or the whole lake. Ends with code 1 if a check fails.

    With a recipe, it runs the recipe's checks and compares the corpus with the verdicts and the schema. Without one, it
    compares documents with inputs, checks the publications, and checks samples of all tables.

    Example: `decantry check fineweb --lake my-lake`
    """
    resolved = None if recipe is None else recipe_of(recipe, lake)
    subject = "the lake" if resolved is None else resolved.recipe
    progress = Progress(quiet)
    opened = open_lake(lake, write=True, must_exist=True, checked=True)
    with tracked(opened, f"check {subject}", progress) as context:
        results = check_tracked(context, resolved)
    passed = sum(result.success for result in results)
    print(f"{passed} of {len(results)} checks of {subject} passed: see the table `checks`")
