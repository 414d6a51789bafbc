"""silver/documents: one row for each page and extractor."""

from __future__ import annotations

from decantry.schemas.table import Column, Table

GIVEN = ("given", "wet")
"""The extractor of inputs that are plain text. Every recipe reads them."""

TABLE = Table(
    name="silver/documents",
    about="One row for each page and extractor, with the text and the position of the page's bytes. A record whose id "
    "is taken is a reject. Ingest compares each batch with the lake. It compares archives of Common Crawl, whose ids "
    "are unique, only within the batch and with files of other origin.",
    key=("id", "extractor"),
    partition_by=("crawl",),
    cluster_by=("id",),
    columns=(
        Column(
            "id", "string", "The WARC record id, or that of a JSON or Parquet row (docs/inputs.md).", nullable=False
        ),
        Column("url", "string", "The address the page was fetched from."),
        Column("host", "string", "The host of the url in lower case; null if the url has none."),
        Column("domain", "string", "The registered domain, by the ICANN part of the public suffix list."),
        Column("crawl", "string", "The crawl that the page belongs to.", nullable=False),
        Column(
            "fetched_at", "timestamp", "When the page was fetched, according to the archive; null if it does not say."
        ),
        Column("warc_path", "string", "The canonical path of the archive or file.", nullable=False),
        Column(
            "warc_offset", "bigint", "Where the record starts; the row number in JSONL and Parquet.", "bytes or row"
        ),
        Column("warc_length", "bigint", "How long the record is in the archive, compressed.", "bytes"),
        Column("http_status", "int", "The HTTP status; null for rows that were not fetched."),
        Column("content_type", "string", "The Content-Type header as sent."),
        Column("charset", "string", "The encoding the page was decoded with, by the WHATWG rules."),
        Column("decode_errors", "int", "How many replacement characters (U+FFFD) decoding inserted.", "characters"),
        Column("truncated", "string", "Why the page is cut short: WARC-Truncated, or `segment`; null if it is not."),
        Column("digest_ok", "boolean", "Whether the payload matches the archive's digest; null if there is none."),
        Column("text", "string", "The text that the extractor took from the page; may be empty.", nullable=False),
        Column("markdown", "string", "The same text as Markdown; null if the extractor gives none."),
        Column(
            "extractor",
            "string",
            "The extractor's name and version; `given` or `wet` for inputs that are plain text.",
            nullable=False,
        ),
        Column("language", "string", "The language with the highest score, as the language model names it."),
        Column("language_script", "string", "The script of most letters, ISO 15924."),
        Column("language_score", "double", "The language model's score.", "probability"),
        Column("run_id", "string", "The run that wrote the row."),
    ),
    constraints={
        "offset_not_negative": "warc_offset >= 0",
        "score_is_probability": "language_score IS NULL OR language_score BETWEEN 0 AND 1.01",
        "decode_errors_not_negative": "decode_errors IS NULL OR decode_errors >= 0",
    },
)
