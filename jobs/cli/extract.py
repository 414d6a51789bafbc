"""decantry extract: extract the lake's pages again with another extractor."""

from __future__ import annotations

from typing import Annotated

import typer

from decantry.jobs.cli import show
from decantry.jobs.cli.app import LakeOption, QuietOption, app
from decantry.jobs.cli.context import open_lake, tracked
from decantry.jobs.ingest.extract import extract
from decantry.jobs.ingest.options import IngestOptions, resolve
from decantry.jobs.process.progress import Progress
from decantry.jobs.run.report import extracted


@app.command(name="extract")
def command(
    lake: LakeOption,
    extractor: Annotated[str, typer.Option("--extractor", help="The extractor, such as resiliparse or trafilatura.")],
    crawl: Annotated[str | None, typer.Option("--crawl", help="Only this crawl. Default: all.")] = None,
    quiet: QuietOption = False,
) -> None:
    """Extract the lake's pages again with another extractor, from bronze/pages or else from their archives.

    Example: `decantry extract --extractor trafilatura --lake my-lake`
    """
    resolve(IngestOptions(extractor=extractor))
    progress = Progress(quiet)
    opened = open_lake(lake, write=True, must_exist=True)
    with tracked(opened, "extract", progress) as context:
        report = extract(opened, extractor, crawl, progress.tell)
        extracted(context.tracker, opened, report)
    show.extracted(report)
