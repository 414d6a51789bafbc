"""decantry report: describe a corpus on one page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from decantry.jobs.cli.app import LakeOption, QuietOption, RecipeArgument, app
from decantry.jobs.cli.context import open_lake
from decantry.jobs.cli.page_file import require_writable
from decantry.jobs.cli.recipe_of import recipe_of
from decantry.jobs.cli.report_file import write_report
from decantry.jobs.explore.report.gather import gather
from decantry.jobs.lake.usable import require_usable
from decantry.jobs.process.progress import Progress
from decantry.jobs.tracking.read import Tracked
from decantry.jobs.tracking.store import tracking_store

Output = Annotated[Path, typer.Option("--output", "-o", help="The HTML file to write.")]
Against = Annotated[
    str | None,
    typer.Option(
        "--against",
        metavar="RECIPE|PUBLICATION",
        help="Compare with this recipe or publication, like gopher or fineweb@1.",
    ),
]


@app.command(name="report")
def command(
    recipe: RecipeArgument,
    lake: LakeOption,
    output: Output = Path("report.html"),
    against: Against = None,
    quiet: QuietOption = False,
) -> None:
    """Describe a published corpus on one HTML page: flow, measurements, composition, samples, checks, runs.

    The page needs no network, and has at most 10 MB whatever the size of the corpus. If the run that published the
    corpus is tracked in MLflow, the page is logged with it.

    Example: `decantry report fineweb --lake my-lake --output report.html`
    """
    require_usable(lake, write=False)
    resolved = recipe_of(recipe, lake)
    require_writable(output)
    progress = Progress(quiet)
    tracked = Tracked(tracking_store(lake), progress.tell)  # MLflow is imported while Spark starts
    progress.tell("starting Spark")
    opened = open_lake(lake, write=False)
    with progress.watching(opened.spark):
        contents = gather(opened, resolved, against=against, tracked=tracked.runs, tell=progress.tell)
    print(write_report(contents, output, tracked))
