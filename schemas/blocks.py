"""silver/blocks: the blocks of pages, written only on request."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

TABLE = Table(
    name="silver/blocks",
    about="Every block of a page, content or not, in the page's order; written only with --structure.",
    key=("id", "extractor", "position"),
    partition_by=("crawl",),
    cluster_by=("id",),
    columns=(
        Column("id", "string", "The document's id.", nullable=False),
        Column("crawl", "string", "The crawl that the page belongs to.", nullable=False),
        Column("warc_path", "string", "The canonical path of the archive.", nullable=False),
        Column("extractor", "string", "The extractor and its version.", nullable=False),
        Column("position", "int", "The block's position on the page, from 0.", nullable=False),
        Column(
            "kind",
            "string",
            "What the block is: heading, paragraph, list, table, code, formula, quote, caption.",
            nullable=False,
        ),
        Column("text", "string", "The block's text.", nullable=False),
        Column("probability", "double", "The extractor's probability that the block is content.", nullable=False),
        Column("run_id", "string", "The run that wrote the row."),
    ),
)
