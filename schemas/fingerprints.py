"""silver/fingerprints: the band keys that near-duplicates are found by."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="silver/fingerprints",
    about="One 64-bit key a band and document, with the columns of the survivor order.",
    key=("setting", "id"),
    partition_by=("setting", "crawl"),
    columns=(
        Column("setting", "string", "A hash of the deduplication options and the steps before it.", nullable=False),
        Column("id", "string", "The document's id.", nullable=False),
        Column("crawl", "string", "The crawl that the document belongs to.", nullable=False),
        Column("warc_path", "string", "The archive, second in the survivor order."),
        Column("warc_offset", "bigint", "The place in the archive, third in the survivor order.", "bytes"),
        Column("bands", "array<bigint>", "One key a band; empty for a text shorter than a shingle."),
        Column("run_id", "string", "The run that wrote the row."),
    ),
)
