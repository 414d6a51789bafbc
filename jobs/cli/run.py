"""decantry run: ingest, curate and check, then publish."""

from __future__ import annotations

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from decantry.jobs.cli import show
from decantry.jobs.cli.app import (
    AllowLoss,
    InputOption,
    LakeOption,
    MeasureAll,
    QuietOption,
    Rebuild,
    app,
)
from decantry.jobs.cli.context import open_lake, tracked
from decantry.jobs.cli.failures import code_and_line
from decantry.jobs.cli.page_file import require_writable
from decantry.jobs.cli.reading_options import (
    LID,
    Batch,
    Columns,
    Format,
    KeepHtml,
    LanguageModel,
    Limit,
    OnBadFile,
    OneCrawl,
    Structure,
)
from decantry.jobs.cli.report_file import write_report
from decantry.jobs.curate.models import require_models
from decantry.jobs.explore.report.gather import gather
from decantry.jobs.ingest.options import IngestOptions, resolve
from decantry.jobs.process.errors import DecantryError, InfrastructureError
from decantry.jobs.process.progress import Progress
from decantry.jobs.recipe.hash import recipe_hash
from decantry.jobs.recipe.load import load
from decantry.jobs.run.job import run
from decantry.jobs.run.up_to_date import up_to_date
from decantry.jobs.sources import find
from decantry.jobs.tracking.read import Tracked
from decantry.jobs.tracking.store import tracking_store
from decantry.schemas.corpus import table_name

if TYPE_CHECKING:
    from decantry.jobs.lake.lake import Lake
    from decantry.jobs.recipe.model import Recipe

Report = Annotated[
    Path | None,
    typer.Option("--report", metavar="FILE", help="Also describe the corpus on one HTML page, as `decantry report`."),
]


@app.command(name="run")
def command(
    recipe: Annotated[str, typer.Argument(metavar="RECIPE", help="A shipped recipe's name, or a YAML file.")],
    input: InputOption,
    lake: LakeOption,
    crawl: OneCrawl = None,
    format: Format = "auto",
    keep_html: KeepHtml = False,
    structure: Structure = False,
    limit: Limit = None,
    on_bad_file: OnBadFile = "skip",
    language_model: LanguageModel = LID,
    batch: Batch = 500,
    columns: Columns = None,
    rebuild: Rebuild = False,
    measure_all: MeasureAll = False,
    allow_loss: AllowLoss = False,
    report: Report = None,
    quiet: QuietOption = False,
) -> None:
    """Read archives, judge their pages by a recipe, check the result and publish the corpus.

    Finished work is not repeated. Run the same command again to continue, or with more archives to add them.

    Example: `decantry run fineweb --input 'crawl/*.warc.gz' --lake my-lake`
    """
    resolved = load(recipe)
    recipe_hash(resolved)  # reports a missing model or list before Spark starts
    chosen = IngestOptions(
        crawl=crawl,
        format=format,
        keep_html=keep_html,
        structure=structure,
        limit=limit,
        on_bad_file=on_bad_file,
        extractor=resolved.text.extractor,
        language_model=language_model,
        batch_archives=batch,
        columns=columns,
    )
    resolve(chosen)  # reports an invalid option or a missing model before Spark starts
    if report is not None:
        require_writable(report, "--report")
    progress = Progress(quiet)
    found = find(input, limit, progress.tell, progress.warn)  # reports a missing input, too
    if not (rebuild or measure_all) and (done := up_to_date(lake, resolved, found, chosen)):
        show.ingested(done[0])
        show.curated(done[1])
        if report is not None:
            progress.tell("starting Spark")
            _report(open_lake(lake, write=False), resolved, report, progress, (recipe, lake))
        return
    require_models(resolved)
    progress.tell("starting Spark")
    opened = open_lake(lake, write=True, sources=found, record=True, checked=True)
    with tracked(opened, f"run {resolved.recipe}", progress) as context:
        read, made = run(
            context, resolved, input, chosen, rebuild=rebuild, measure_all=measure_all, allow_loss=allow_loss
        )
    show.ingested(read)
    show.curated(made)
    name = table_name(resolved.recipe).removeprefix("gold/")
    print(f'next: decantry sql "select url, text from {name} limit 5" --lake {quote(lake)}')
    print(f"      decantry explain ID_OR_URL --recipe {quote(recipe)} --lake {quote(lake)}")
    if report is not None:
        _report(opened, resolved, report, progress, (recipe, lake))


def _report(lake: Lake, recipe: Recipe, file: Path, progress: Progress, given: tuple[str, str]) -> None:
    """Write the report in the session of the run, and print its line.

    Raises a DecantryError if that fails. It says that the corpus is published, and the command that writes the page of
    the `given` recipe and lake.
    """
    try:
        tracked = Tracked(tracking_store(lake.uri), progress.tell)
        with progress.watching(lake.spark):
            contents = gather(lake, recipe, tracked=tracked.runs, tell=progress.tell)
        print(write_report(contents, file, tracked, "--report"))
    except BrokenPipeError:  # nobody reads what is printed
        raise
    except Exception as error:
        kind = type(error) if isinstance(error, DecantryError) else InfrastructureError
        again = f"`decantry report {quote(given[0])} --lake {quote(given[1])}` writes the page"
        message = f"the corpus is published, but its report failed: {code_and_line(error)[1]}; {again}"
        raise kind(message) from error
