from __future__ import annotations

from pathlib import Path

import pytest

from decantry.jobs.ingest.batch import outcome
from decantry.jobs.ingest.retrieve import retrieve
from decantry.jobs.sources.source import Source
from decantry.schemas.reject_reasons import REASONS
from tests.faults.odd_archives import ARCHIVES, Odd
from tests.faults.reading import OPTIONS, read
from tests.warc_files import response, write


@pytest.mark.parametrize("odd", ARCHIVES, ids=[odd.name for odd in ARCHIVES])
def test_every_recoverable_record_is_recovered(odd: Odd, tmp_path: Path) -> None:
    path = tmp_path / odd.name
    path.write_bytes(odd.data)
    found = read(path)
    assert found.fates == odd.fates
    told = outcome(Source(str(path), str(path)), [found.counts], OPTIONS)
    assert told.status == odd.status
    assert odd.error in (told.error or "")
    assert all(row["reason"] in REASONS[row["stage"]] for row in found.rejects)
    for row in found.documents:
        again = retrieve(row)
        assert again.id == row["id"], "the document's place leads back to its record"
    if path.suffix != ".zst" and "garbage-before" not in odd.name:
        _covers(odd, found.documents + found.rejects)


def test_a_date_that_cannot_be_read_is_counted(tmp_path: Path) -> None:
    dates = ("20260102030405", "2009-03-65T08:43:19-0800", "0001-01-01T00:00:00Z", None)
    path = write(tmp_path / "a.warc", *(response(f"x{n}", WARC_Date=date) for n, date in enumerate(dates)))
    found = read(path)
    assert [str(row["fetched_at"]) for row in found.documents] == ["2026-01-02 03:04:05+00:00", "None", "None", "None"]
    assert found.counts["noted"] == [("date not read", 2)]


def _covers(odd: Odd, rows: list[dict[str, object]]) -> None:
    """If every row has a length: no two rows overlap, and none ends after the file."""
    places = sorted((int(str(row["warc_offset"])), row.get("warc_length", row.get("length"))) for row in rows)
    if places and all(length is not None for _, length in places):
        ends = [offset + int(str(length)) for offset, length in places]
        assert all(end <= start for end, (start, _) in zip(ends, [*places, (len(odd.data), 0)][1:], strict=True))
