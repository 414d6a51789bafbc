"""The files that are not read again."""

from __future__ import annotations

from importlib import metadata

import pytest

from decantry.jobs.ingest.manifest import Line, Outcome, done
from decantry.jobs.ingest.options import ReadingOptions
from decantry.jobs.sources.source import Source
from decantry.schemas import inputs


def lines(path: str, version: str | None, status: str) -> dict[str, Line]:
    return {path: Line(path, version, "hash", status, "C", None)}


@pytest.mark.parametrize("status", ["done", "damaged", "empty"])
def test_an_unchanged_file_that_was_read_to_its_end_is_done(status: str) -> None:
    read = lines("/in/a.warc.gz", "10-1", status)
    assert done(read, Source("/in/a.warc.gz", "/in/a.warc.gz", 10, "10-1")) is read["/in/a.warc.gz"]


def test_a_changed_failed_or_new_file_is_not_done() -> None:
    changed = Source("/in/a.warc.gz", "/in/a.warc.gz", 11, "11-2")
    assert done(lines("/in/a.warc.gz", "10-1", "done"), changed) is None
    assert done(lines("/in/a.warc.gz", "11-2", "failed"), changed) is None
    assert done(lines("/in/b.warc.gz", "11-2", "done"), changed) is None


def test_the_version_of_a_remote_file_is_not_requested() -> None:
    remote = Source("https://example.org/a.warc.gz", "https://example.org/a.warc.gz")
    assert done(lines(remote.path, '"etag"', "done"), remote) is not None


def test_a_files_row_names_the_suffix_list_of_its_domains() -> None:
    reading = ReadingOptions("resiliparse", "resiliparse 2", "/models/a.ftz", "0" * 64, "auto", None, False)
    row = Outcome(Source("/in/a.warc.gz", "/in/a.warc.gz", 10, "10-1"), "C", "done").row(reading, "run")
    assert row["suffix_list"] == "publicsuffixlist-" + metadata.version("publicsuffixlist")
    assert set(row) == set(inputs.TABLE.column_names)
