"""An archive of which every page is rejected is not done."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from decantry.jobs.process.errors import UserError
from tests.jobs.ingest.ingested import WORDS, read, rows
from tests.warc_files import http, page, record, response, write

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

BROKEN = response("broken", b"no status line")
PICTURE = response("picture", http(b"\x89PNG\r\n", content_type="image/png"))
REQUEST = record("request", b"GET / HTTP/1.1\r\n\r\n", "one")


def test_an_archive_of_rejects_is_empty_and_one_of_other_records_is_done(spark: SparkSession, tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    bad = write(tmp_path / "bad.warc.gz", BROKEN, PICTURE, REQUEST)
    with pytest.raises(UserError, match=r"bad.warc.gz: none of its 1 candidate .* \(1 malformed_http\)$"):
        read(spark, lake, bad)
    good = write(tmp_path / "good.warc.gz", page("one", WORDS.format(1)), BROKEN)
    copy = Path(shutil.copy(good, tmp_path / "more.warc.gz"))
    none = write(tmp_path / "none.warc.gz", PICTURE, REQUEST)
    report = read(spark, lake, bad, good, copy, none)
    assert (report.documents, report.rejects, report.usable, report.empty) == (1, 3, 2, 2)
    assert report.errors[-1] == (
        f"{copy}: none of its 2 candidates became a document (1 duplicate_id, 1 malformed_http)"
    )
    assert rows(lake, "ops/inputs", ["path", "status", "rejects"]) == [
        (str(bad), "empty", 1),
        (str(good), "done", 1),
        (str(copy), "empty", 2),
        (str(none), "done", 0),
    ]
