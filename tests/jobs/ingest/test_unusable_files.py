"""Files and options that cannot be used, and files that are lost after they were read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from decantry.jobs.lake.lake import Lake
from decantry.jobs.process.errors import UserError
from tests.warc_files import page, warcinfo, write

if TYPE_CHECKING:
    from pyspark.sql import SparkSession
from tests.jobs.ingest.ingested import WORDS, conserved, read, rows


def test_files_that_cannot_be_used(spark: SparkSession, tmp_path: Path) -> None:
    (tmp_path / "empty.warc.gz").write_bytes(b"")
    (tmp_path / "error.warc.gz").write_bytes(b'<?xml version="1.0"?><Error><Code>SlowDown</Code></Error>')
    (tmp_path / "list.paths").write_text("gone.warc.gz\n")
    lake = tmp_path / "lake"
    for name, line in (
        ("empty.warc.gz", "the one input is not usable: it is empty"),
        ("error.warc.gz", "it is not an archive; it begins with b'<\\?xml"),
        ("list.paths", "gone.warc.gz: No such file"),
    ):
        with pytest.raises(UserError, match=line):
            read(spark, lake, tmp_path / name)
    assert rows(lake, "ops/inputs", ["status"]) == [("empty",), ("failed",), ("failed",)]
    write(tmp_path / "good.warc", warcinfo(), page("good", WORDS))
    with pytest.raises(UserError, match="none of the 2 inputs is usable: 1 empty; 1 failed, the first: "):
        read(spark, lake, tmp_path / "empty.warc.gz", tmp_path / "error.warc.gz")
    with pytest.raises(UserError, match="nothing of its batch was written"):
        read(spark, lake, tmp_path / "good.warc", tmp_path / "error.warc.gz", on_bad_file="fail")
    assert not Lake(spark, str(lake), "look").exists("silver/documents")
    report = read(spark, lake, tmp_path / "good.warc", tmp_path / "error.warc.gz", tmp_path / "empty.warc.gz")
    assert (report.documents, report.failed, report.already_done, report.empty) == (1, 1, 1, 1)


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"format": "pdf"}, "--format is pdf: use one of auto, warc"),
        ({"extractor": "html2text"}, "--extractor is html2text: use one of resiliparse"),
        ({"on_bad_file": "cry"}, "--on-bad-file is cry: use one of skip, fail"),
        ({"language_model": "/no/model.ftz"}, "the model /no/model.ftz is not there"),
        ({"language_model": "package:lid.176.ftz#sha256=" + "0" * 64}, "not 0000"),
    ],
)
def test_bad_options(spark: SparkSession, tmp_path: Path, options: dict[str, Any], line: str) -> None:
    with pytest.raises(UserError, match=line):
        read(spark, tmp_path / "lake", tmp_path, **options)
    assert not (tmp_path / "lake").exists()


def test_a_file_that_was_deleted_or_damaged_after_it_was_read_keeps_its_line_and_its_documents(
    spark: SparkSession, tmp_path: Path
) -> None:
    gone, broken = (
        write(tmp_path / f"{name}.warc.gz", warcinfo("C"), page(name, WORDS.format(name)))
        for name in ("gone", "broken")
    )
    listed = tmp_path / "list.txt"
    listed.write_text("gone.warc.gz\nbroken.warc.gz\n")
    read(spark, tmp_path / "lake", listed)
    before = rows(tmp_path / "lake", "ops/inputs", ["path", "status", "documents", "version"])
    gone.unlink()
    broken.write_bytes(b"no archive any more")
    report = read(spark, tmp_path / "lake", listed, run="run-2")
    assert (report.already_done, report.failed, len(report.errors)) == (1, 1, 1)
    assert rows(tmp_path / "lake", "ops/inputs", ["path", "status", "documents", "version"]) == before
    conserved(tmp_path / "lake")
