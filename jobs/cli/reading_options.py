"""The options of commands that read archives."""

from __future__ import annotations

from typing import Annotated

import typer

OneCrawl = Annotated[str | None, typer.Option("--crawl", help="The crawl's name. Default: the name in each archive.")]
Format = Annotated[str, typer.Option("--format", help="The format of the inputs: auto, warc, wet, jsonl or parquet.")]
KeepHtml = Annotated[bool, typer.Option("--keep-html", help="Also keep the HTML of pages, in bronze/pages.")]
Structure = Annotated[
    bool,
    typer.Option(
        "--structure",
        help="Also keep the blocks of pages, in silver/blocks. Needs the extractor decantry "
        "(`ingest --extractor decantry`, or a recipe like fineweb-decantry).",
    ),
]
Limit = Annotated[int | None, typer.Option("--limit", min=1, help="Read at most this many archives.")]
OnBadFile = Annotated[str, typer.Option("--on-bad-file", help="What to do if a file cannot be read: skip or fail.")]
Extractor = Annotated[str, typer.Option("--extractor", help="The extractor, such as resiliparse or trafilatura.")]
Batch = Annotated[int, typer.Option("--batch", min=1, help="How many archives are read and committed together.")]
Columns = Annotated[
    str | None,
    typer.Option(
        "--columns", help="Names of columns in JSON or Parquet rows, like text=content,id=doc_id,url=meta.url."
    ),
]
LID = "package:lid.176.ftz"
LanguageModel = Annotated[
    str,
    typer.Option(
        "--language-model", help="A fastText model: package:NAME, a path, or a URI that ends with #sha256=..."
    ),
]
