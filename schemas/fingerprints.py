"""silver/fingerprints: what deduplication compares, kept so that a new crawl does not need old texts."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="silver/fingerprints",
    about="The keys by which a deduplicate step compares each document that reaches it, and the order of survivors.",
    key=("setting", "id"),
    partition_by=("setting", "crawl"),
    columns=(
        Column("setting", "string", "A hash of the step's options and of the steps before it.", nullable=False),
        Column("crawl", "string", "The crawl that the document belongs to.", nullable=False),
        Column("id", "string", "The document's id.", nullable=False),
        Column("warc_path", "string", "The canonical path of its archive.", nullable=False),
        Column("warc_offset", "bigint", "Where its record starts.", "bytes or row", nullable=False),
        Column(
            "scope",
            "string",
            "Only documents of one scope are compared: a crawl, a language, or empty for all.",
            nullable=False,
        ),
        Column(
            "rank",
            "array<struct<number:double,word:string>>",
            "The order of survivors, smallest first; ties are broken by crawl, archive, offset and id.",
        ),
        Column(
            "bands", "array<bigint>", "One 64-bit key for each band or paragraph, or the two halves of an exact hash."
        ),
        Column("run_id", "string", "The run that wrote the row."),
    ),
)
