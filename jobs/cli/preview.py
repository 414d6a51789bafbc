"""decantry preview: show what other thresholds would keep."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from decantry.jobs.cli.app import LakeOption, QuietOption, RecipeArgument, app
from decantry.jobs.cli.context import open_lake
from decantry.jobs.cli.page_file import require_writable, write
from decantry.jobs.cli.recipe_of import recipe_of
from decantry.jobs.explore.preview import curve
from decantry.jobs.explore.preview.affected import NeedsSpark
from decantry.jobs.explore.preview.job import preview
from decantry.jobs.explore.preview.lines import change_lines, sweep_lines
from decantry.jobs.explore.preview.quick import quick
from decantry.jobs.explore.preview.thresholds import swept, with_settings
from decantry.jobs.lake.usable import require_usable
from decantry.jobs.process.errors import UserError
from decantry.jobs.process.progress import Progress

if TYPE_CHECKING:
    from decantry.jobs.explore.preview.change import Change
    from decantry.jobs.explore.preview.contents import Preview
    from decantry.jobs.recipe.model import Recipe

Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="STEP.OPTION=VALUE", help="A threshold to change (repeat for several)."),
]
Sweep = Annotated[
    str | None,
    typer.Option("--sweep", metavar="STEP.OPTION=FROM:TO:STEP", help="Try several values of one threshold."),
]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="With --sweep: write the curve to this .html or .svg file.")
]
Number = Annotated[
    int,
    typer.Option(
        "-n", "--number", min=0, max=100, help="How many documents that enter, and how many that leave, to show."
    ),
]


@app.command(name="preview")
def command(
    recipe: RecipeArgument,
    lake: LakeOption,
    set_: Set = None,
    sweep: Sweep = None,
    output: Output = None,
    number: Number = 3,
    quiet: QuietOption = False,
) -> None:
    """Show which documents other thresholds would add to a corpus or remove from it, without a run.

    The preview uses the measurements that `--measure-all` keeps. If they decide all documents, Spark is not started.
    Documents without measurements are judged again from their texts. If there are more than some 2,000 of these, a
    sample is judged, and each figure has a margin of error. Nothing is written to the lake.

    Example: `decantry preview fineweb --set gopher_quality.min_words=80 --lake my-lake`,
    `decantry preview fineweb --sweep gopher_quality.min_words=20:200:20 --output curve.html --lake my-lake`
    """
    if bool(set_) == bool(sweep):
        raise UserError(
            "there is nothing to preview: give either --set or --sweep, like --set gopher_quality.min_words=80"
        )
    if output is not None:
        require_picture(output, swept=sweep is not None)
    require_usable(lake, write=False)
    resolved = recipe_of(recipe, lake)
    changes_of(resolved, set_, sweep)  # reports wrong options before the lake is read

    def changes(published: Recipe) -> list[Change]:
        return changes_of(published, set_, sweep)[1]

    progress = Progress(quiet)
    try:
        found = quick(lake, resolved, changes, samples=number, tell=progress.tell)
    except NeedsSpark as reason:
        found = _with_spark(lake, resolved, changes, number, progress, f"{reason}: starting Spark")
    measure = f"decantry curate {quote(recipe)} --measure-all --lake {quote(lake)}"
    if sweep is None:
        print(*change_lines(found, measure), sep="\n")
        return
    option, value = sweep.partition("=")[0].strip(), found.now or 0.0
    print(*sweep_lines(found, option, value, measure), sep="\n")
    if output is not None:
        drawn = curve.svg if output.suffix == ".svg" else curve.page
        write(output, drawn(found, option, value))
        print(f"the curve is in {output}")


def _with_spark(
    lake: str,
    recipe: Recipe,
    changes: Callable[[Recipe], Sequence[Change]],
    samples: int,
    progress: Progress,
    why: str,
) -> Preview:
    progress.tell(why)
    opened = open_lake(lake, write=False)
    with progress.watching(opened.spark):
        return preview(opened, recipe, changes, samples=samples, tell=progress.tell)


def changes_of(recipe: Recipe, settings: Sequence[str] | None, sweep: str | None) -> tuple[str, list[Change]]:
    """The option that is swept ("" for none), and the changes that --set or --sweep ask for."""
    return swept(recipe, sweep) if sweep else ("", [with_settings(recipe, settings or ())])


def require_picture(output: Path, *, swept: bool) -> None:
    """Raise UserError if the file cannot be written, or if there is no curve to write."""
    if not swept:
        raise UserError("--output needs --sweep, whose curve it writes: leave it out, or give --sweep")
    if output.suffix not in (".html", ".svg"):
        raise UserError(f"--output is {output}: name a file that ends with .html or .svg")
    require_writable(output)
