"""The closed list of reasons for a reject, by stage."""

from __future__ import annotations

REASONS: dict[str, dict[str, str]] = {
    "archive": {
        "bad_compression": "the bytes of a compressed member do not decompress, or fail their checksum",
        "cut_short": "the file ends inside a record",
        "bad_record": "there are other bytes where a WARC record should be",
        "short_record": "the record is shorter than the length that it claims",
        "unreadable": "the file could not be read further",
    },
    "http": {
        "malformed_http": "there is no HTTP status line",
        "bad_chunks": "the body claims to be chunked, but its chunks break off or have wrong sizes",
        "bad_content_encoding": "the body does not decode with the content encoding that it claims",
        "unknown_content_encoding": "the body is not text, and has a content encoding that is not supported",
        "too_large": "the body is larger than the cap, as stored or after decoding",
    },
    "decode": {
        "missing_id": "the record or row has no id",
        "no_host": "the record's address has no host, so no list of hosts could find it",
        "bad_crawl": "the row names a crawl whose name is not allowed",
        "not_json": "the line is not a JSON object",
        "missing_text": "the row has no text, or one that is not a string",
        "duplicate_id": "an earlier record or row has the same id",
        "forgotten": "the page is forgotten (ops/forgotten): only its position is kept",
    },
    "extract": {
        "too_complex": "the markup would take the parser quadratic time",
        "extractor_failed": "the extractor raised an error",
        "parser_crash": "the page twice killed the process that read it, or took too much memory",
        "timed_out": "the page exceeded the time limit; on a faster machine it might not",
        "not_found": "the record was not found again at the position in the document",
    },
}
"""By stage, each reason and its meaning. `silver/rejects` has no other pairs."""
