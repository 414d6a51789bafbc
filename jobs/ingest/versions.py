"""The versions of what reads: part of every ingest hash, and raised when the same bytes give other rows.

The golden outputs (tests/golden) tell where that was forgotten.
"""

from __future__ import annotations

READERS = {"warc": 2, "wet": 2, "jsonl": 2, "parquet": 2}
"""By format: from a file's bytes to its records, and which of them are candidates (warc.py and candidates.py in
udfs/archive, texts.py in jobs/ingest). Rows are also read by columns.py, layouts.py, ids.py, arrow_values.py and
whole_json.py in jobs/ingest, and by udfs/page/moments.py."""
PAGE_VERSION = 2
"""From a record to a document, for all formats: charset, address, date, language and script (udfs/page/page.py)."""


def raised() -> dict[str, int]:
    """The readers whose version is not their first, so that a new reader changes no hash.

    A file's bytes say which reader reads it, before its name and `--format`: each reader is in each hash.
    """
    return {name: version for name, version in READERS.items() if version > 1}
