"""bronze/pages: the raw pages, written only on request."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="bronze/pages",
    about="Raw pages with the headers worth keeping, written only with --keep-html.",
    key=("id",),
    partition_by=("crawl",),
    cluster_by=("id",),
    columns=(
        Column("id", "string", "The WARC record id.", nullable=False),
        Column("url", "string", "The address the page was fetched from."),
        Column("crawl", "string", "The crawl that the page belongs to.", nullable=False),
        Column("fetched_at", "timestamp", "When the page was fetched, according to the archive."),
        Column("warc_path", "string", "The canonical path of the archive.", nullable=False),
        Column("warc_offset", "bigint", "Where the record starts in the archive.", "bytes"),
        Column("warc_length", "bigint", "How long the record is in the archive, compressed.", "bytes"),
        Column("http_status", "int", "The HTTP status."),
        Column("content_type", "string", "The Content-Type header as sent."),
        Column("headers", "map<string,string>", "HTTP headers worth keeping, with names in lower case."),
        Column("html", "binary", "The page's bytes after content decoding, compressed with zstd."),
        Column("run_id", "string", "The run that wrote the row."),
    ),
)
