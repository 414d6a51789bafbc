"""What an ingest says at its end."""

from __future__ import annotations

import pytest

from decantry.jobs.cli import show
from decantry.jobs.ingest.options import IngestReport


def test_what_failed_is_named_without_what_steers_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    errors = [f"s3://pages/{n}.warc.gz: it may not be read\x1b[2J" for n in range(5)]
    show.ingested(IngestReport(archives=7, usable=2, failed=5, records=9, documents=4, errors=errors))
    assert capsys.readouterr().out.splitlines() == [
        "read 7 file(s): 9 records, 4 documents, 0 rejects in 0.0 s",
        "of these 5 failed: see `decantry inputs` and the table `rejects`",
        *(f"  s3://pages/{n}.warc.gz: it may not be read\\u001b[2J" for n in range(3)),
        "  and 2 more",
    ]
