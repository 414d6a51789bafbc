"""The versions of the readers. They are part of every ingest hash. Raise one when the same bytes give different rows.

A test compares golden outputs (tests/golden), and fails if this was forgotten.
"""

from __future__ import annotations

READERS = {"warc": 5, "wet": 5, "jsonl": 6, "parquet": 6}
"""By format: from a file's bytes to its records, and which of them are candidates (warc.py and candidates.py in
udfs/archive, texts.py in jobs/ingest). Rows are also read by columns.py, layouts.py, ids.py, arrow_values.py and
whole_json.py in jobs/ingest, and by udfs/page/moments.py."""
PAGE_VERSION = 6
"""From a record to a document, for all formats: charset, address, date (udfs/page/page.py), language and script
(jobs/ingest/languages.py)."""


def raised() -> dict[str, int]:
    """The readers whose version is above 1. A new reader has version 1 and changes no hash.

    Every hash has all readers, because a file's first bytes take precedence over its name and `--format`.
    """
    return {name: version for name, version in READERS.items() if version > 1}
