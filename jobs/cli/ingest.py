"""decantry ingest: read archives and extract documents."""

from __future__ import annotations

from decantry.jobs.cli import show
from decantry.jobs.cli.app import InputOption, LakeOption, QuietOption, app
from decantry.jobs.cli.context import open_lake, tracked
from decantry.jobs.cli.reading_options import (
    LID,
    Batch,
    Columns,
    Extractor,
    Format,
    KeepHtml,
    LanguageModel,
    Limit,
    OnBadFile,
    OneCrawl,
    Structure,
)
from decantry.jobs.ingest.options import IngestOptions, resolve
from decantry.jobs.process.progress import Progress
from decantry.jobs.run.job import ingest_checked
from decantry.jobs.sources import find


@app.command(name="ingest")
def command(
    input: InputOption,
    lake: LakeOption,
    crawl: OneCrawl = None,
    format: Format = "auto",
    keep_html: KeepHtml = False,
    structure: Structure = False,
    limit: Limit = None,
    on_bad_file: OnBadFile = "skip",
    extractor: Extractor = "resiliparse",
    language_model: LanguageModel = LID,
    batch: Batch = 500,
    columns: Columns = None,
    quiet: QuietOption = False,
) -> None:
    """Read archives and extract the text of their pages, each archive once.

    Example: `decantry ingest --input 'crawl/*.warc.gz' --lake my-lake`
    """
    chosen = IngestOptions(
        crawl=crawl,
        format=format,
        keep_html=keep_html,
        structure=structure,
        limit=limit,
        on_bad_file=on_bad_file,
        extractor=extractor,
        language_model=language_model,
        batch_archives=batch,
        columns=columns,
    )
    resolve(chosen)  # reports an invalid option or a missing model before Spark starts
    progress = Progress(quiet)
    found = find(input, limit, progress.tell, progress.warn)  # reports a missing input before Spark starts
    opened = open_lake(lake, write=True, sources=found, checked=True)
    with tracked(opened, "ingest", progress) as context:
        report = ingest_checked(context, input, chosen)
    show.ingested(report)
