"""ops/inputs: the manifest of what was read."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="ops/inputs",
    about="One row for each input file and way of reading it, with its status and counts.",
    key=("path", "ingest_hash"),
    columns=(
        Column("crawl", "string", "The crawl that the file belongs to.", nullable=False),
        Column("path", "string", "The canonical path of the file.", nullable=False),
        Column("source", "string", "Where the file was read from."),
        Column("bytes", "bigint", "The size of the file.", "bytes"),
        Column("version", "string", "The etag, or size and modification time."),
        Column(
            "ingest_hash",
            "string",
            "A hash of the extractor, the options, and the versions of the code that read it.",
            nullable=False,
        ),
        Column(
            "status", "string", "done, damaged (usable, with rejects), empty (no document) or failed.", nullable=False
        ),
        Column("records", "bigint", "How many records the file held.", "records"),
        Column("documents", "bigint", "How many became documents.", "documents"),
        Column("rejects", "bigint", "How many candidates were rejected, without stage archive.", "records"),
        Column("skipped", "map<string,bigint>", "How many records were not candidates, by reason.", "records"),
        Column(
            "noted",
            "map<string,bigint>",
            "Notes on documents, with how many they concern: a layout, an id that was made, a date that could not be "
            "read.",
            "documents",
        ),
        Column("error", "string", "The error, in one line."),
        Column("extractor", "string", "The extractor's name and version."),
        Column("suffix_list", "string", "The public suffix list that was used for its domains; not part of a hash."),
        Column("crawls", "array<string>", "The crawls of its documents."),
        Column(
            "left_crawls", "array<string>", "Crawls that had its documents after an earlier reading, and have none now."
        ),
        Column("run_id", "string", "The run that read it."),
        Column("finished_at", "timestamp", "When it was read."),
    ),
    constraints={"known_status": "status IN ('done', 'damaged', 'empty', 'failed')"},
)
