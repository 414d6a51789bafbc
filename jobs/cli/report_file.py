"""The report on a published corpus, written to a file and logged with the run that published the corpus."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.cli.page_file import write
from decantry.jobs.explore.report.gather import gather
from decantry.jobs.explore.report.page import page

if TYPE_CHECKING:
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe
    from decantry.jobs.tracking.read import Tracked


def write_report(
    lake: Lake,
    recipe: Recipe,
    output: Path,
    tracked: Tracked,
    tell: Callable[[str], None],
    *,
    against: str | None = None,
    option: str = "--output",
) -> str:
    """Write the report on the recipe's published corpus, and return a line that names the publication and the file.

    `option` is the command's option for the file. Raises what `gather` and `write` raise.
    """
    contents = gather(lake, recipe, against=against, tracked=tracked.runs, tell=tell)
    write(output, page(contents), option)
    tracked.keep(contents.publications[0].run_id, output)
    return f"{contents.recipe}@{contents.publication}: {output} ({output.stat().st_size / 1e6:.1f} MB)"
