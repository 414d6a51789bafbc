"""The options of commands that read archives."""

from __future__ import annotations

from typing import Annotated, Any

import typer

OneCrawl = Annotated[str | None, typer.Option("--crawl", help="The crawl's name. Default: what the archive says.")]
Format = Annotated[str, typer.Option("--format", help="auto, warc, wet, jsonl or parquet.")]
KeepHtml = Annotated[bool, typer.Option("--keep-html", help="Also land the raw pages in bronze/pages.")]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Read at most this many archives.")]
OnBadFile = Annotated[str, typer.Option("--on-bad-file", help="skip or fail, when a file cannot be read.")]
Extractor = Annotated[str, typer.Option("--extractor", help="The extractor, such as resiliparse or trafilatura.")]
Batch = Annotated[int, typer.Option("--batch", min=1, help="So many archives are read and committed together.")]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns", help="Which columns of JSON or Parquet rows hold what: text=content,id=doc_id,url=meta.url"
    ),
]
LID = "package:lid.176.ftz"
LanguageModel = Annotated[
    str,
    typer.Option("--language-model", help="package:NAME, a path, or a URI with #sha256=... at its end."),
]


def options(
    crawl: str | None,
    format: str,
    keep_html: bool,
    limit: int | None,
    on_bad_file: str,
    extractor: str,
    language_model: str,
    batch: int,
    columns: str | None = None,
) -> Any:
    """The ingest options that the flags mean.

    Raises UserError for a word that is none of a flag's, an extractor that is not installed or a model that is missing.
    """
    from decantry.jobs.ingest.options import IngestOptions, resolve

    chosen = IngestOptions(
        crawl=crawl,
        format=format,
        keep_html=keep_html,
        limit=limit,
        on_bad_file=on_bad_file,
        extractor=extractor,
        language_model=language_model,
        batch_archives=batch,
        columns=columns,
    )
    resolve(chosen)
    return chosen
