"""The closed list of reasons for a reject, by the stage that gives them."""

from __future__ import annotations

REASONS: dict[str, dict[str, str]] = {
    "archive": {
        "bad_compression": "the bytes of a compressed member do not decompress, or fail their checksum",
        "cut_short": "the file ends inside of a record",
        "bad_record": "bytes that are no WARC record stand where one should",
        "short_record": "the record is shorter than the length that it claims",
        "unreadable": "the file could not be read further",
    },
    "http": {
        "malformed_http": "there is no HTTP status line",
        "bad_chunks": "the body claims to be chunked, and its chunks break off or make no sense",
        "bad_content_encoding": "the body claims a content encoding and does not decode with it",
        "unknown_content_encoding": "the body is no text, and has a content encoding that is not read",
        "too_large": "the body is larger than the cap, as stored or after decoding",
    },
    "decode": {
        "missing_id": "the record or row has no id",
        "no_host": "the record's address names no host, so that no list of hosts would find it",
        "bad_crawl": "the row names a crawl that no crawl can be called by",
        "not_json": "the line is not a JSON object",
        "missing_text": "the row has no text, or one that is not a string",
        "duplicate_id": "an earlier record or row has the same id",
        "forgotten": "the page is to be forgotten (ops/forgotten): nothing of it is kept but its place",
    },
    "extract": {
        "too_complex": "the markup would take the parser quadratic time",
        "extractor_failed": "the extractor raised an error",
        "parser_crash": "the page killed the process that read it, or took too much memory, twice",
        "timed_out": "the page took longer than the last resort allows; on a faster machine it might not",
        "not_found": "the record was not found again where the document says it lies",
    },
}
"""Stage to reason to what it means; `silver/rejects` holds no other pair."""
