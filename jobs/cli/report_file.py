"""A report, written to a file and logged with the run that published the corpus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from decantry.jobs.cli.page_file import write
from decantry.jobs.explore.report.page import page

if TYPE_CHECKING:
    from decantry.jobs.explore.report.contents import Contents
    from decantry.jobs.tracking.read import Tracked


def write_report(contents: Contents, output: Path, tracked: Tracked, option: str = "--output") -> str:
    """Write the report to the file that `option` names; return a line with the publication and the file.

    Raises UserError if the file cannot be written.
    """
    write(output, page(contents), option)
    tracked.keep(contents.publications[0].run_id, output)
    return f"{contents.recipe}@{contents.publication}: {output} ({output.stat().st_size / 1e6:.1f} MB)"
