"""ops/inputs: the manifest of what was read."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="ops/inputs",
    about="One row an input file and way of reading it: what it is, how it went and what it held.",
    key=("path", "ingest_hash"),
    columns=(
        Column("crawl", "string", "The crawl that the file belongs to.", nullable=False),
        Column("path", "string", "The canonical path of the file.", nullable=False),
        Column("source", "string", "Where the file was read from."),
        Column("bytes", "bigint", "The size of the file.", "bytes"),
        Column("version", "string", "The etag, or size and modification time."),
        Column(
            "ingest_hash", "string", "A hash of extractor, options and the versions of what read it.", nullable=False
        ),
        Column("status", "string", "done, damaged (usable, with rejects), empty or failed.", nullable=False),
        Column("records", "bigint", "How many records the file held.", "records"),
        Column("documents", "bigint", "How many became documents.", "documents"),
        Column("rejects", "bigint", "How many candidates were rejected (stage archive not counted).", "records"),
        Column("skipped", "map<string,bigint>", "Why records were not candidates, and how many.", "records"),
        Column(
            "noted",
            "map<string,bigint>",
            "What was noted of rows that became documents (a layout, an id that was made, a date that is null because "
            "it could not be read), and of how many.",
            "documents",
        ),
        Column("error", "string", "What went wrong, in one line."),
        Column("extractor", "string", "The extractor's name and version."),
        Column("suffix_list", "string", "The public suffix list that its domains are taken from; in no hash."),
        Column("crawls", "array<string>", "The crawls of its documents."),
        Column(
            "left_crawls", "array<string>", "Crawls that earlier readings gave its documents to, and this one did not."
        ),
        Column("run_id", "string", "The run that read it."),
        Column("finished_at", "timestamp", "When it was read."),
    ),
    constraints={"known_status": "status IN ('done', 'damaged', 'empty', 'failed')"},
)
