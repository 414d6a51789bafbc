"""silver/rejects: every candidate or stretch of bytes that could not become a document."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="silver/rejects",
    about="One row for each candidate, or stretch of an archive, that could not become a document.",
    key=("warc_path", "warc_offset"),
    partition_by=("crawl",),
    cluster_by=("warc_path",),
    columns=(
        Column("crawl", "string", "The crawl that the record belongs to.", nullable=False),
        Column("warc_path", "string", "The canonical path of the archive or file.", nullable=False),
        Column("warc_offset", "bigint", "Where the record or the damage starts.", "bytes or row", nullable=False),
        Column("length", "bigint", "Its length, if known.", "bytes"),
        Column("id", "string", "The record's id, if it could be read."),
        Column("url", "string", "The record's address, if it could be read."),
        Column("stage", "string", "Where it failed: archive, http, decode or extract.", nullable=False),
        Column("reason", "string", "The reason, from a closed list (schemas/reject_reasons.py).", nullable=False),
        Column("detail", "string", "Details, in one line."),
        Column("extractor", "string", "The extractor of the ingest that rejected it."),
        Column("run_id", "string", "The run that wrote the row."),
    ),
    constraints={"known_stage": "stage IN ('archive', 'http', 'decode', 'extract')"},
)
